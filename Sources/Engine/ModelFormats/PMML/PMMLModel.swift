// SPDX-License-Identifier: Apache-2.0

// One model of a document: its fields, its kind, its targets and outputs.

internal import Documents
internal import ExactTexts
internal import Formulas
internal import VigieLimits

/// The classes that a model tells apart.
struct PMMLClasses {
    /// Their labels, in order.
    private(set) var labels: [String] = []
    /// What the labels are: texts, or numbers.
    let kind: PMMLValue.Kind
    private var places: [ExactText: Int] = [:]

    /// Classes of a kind.
    init(kind: PMMLValue.Kind) {
        self.kind = kind
    }

    /// Adds a label unless it is there.
    mutating func add(_ label: String) {
        guard place(of: label) == nil else { return }
        places[key(label)] = labels.count
        labels.append(label)
    }

    /// The place of a label.
    func place(of label: String) -> Int? { places[key(label)] }

    /// Labels that are numbers are the same however they are written.
    private func key(_ label: String) -> String {
        if case .text = kind { return label }
        return Array(label.utf8)[...].trimmed.double?.description ?? label.lowercased()
    }
}

/// What a model gives.
struct PMMLPrediction {
    /// The predicted number, or the predicted class as its label.
    var value: PMMLValue
    /// The place of the predicted class, the classes, and a probability for each; for a
    /// classification.
    var classPlace: Int?
    var classes: PMMLClasses?
    var probabilities: [Int] = []
    /// A confidence for each class, where there are some.
    var confidences: [Int] = []
    /// What is there before a link function: names and registers.
    var raw: [(name: String, register: Int)] = []
    /// For two classes, the log-odds of each, where the model has them.
    var logOdds: [Int] = []
    /// Reason codes and the registers with their places, the first ranked first.
    var reasonCodes: [String] = []
    var reasonPlaces: [Int] = []
}

extension PMMLCompiler {
    /// What every model may hold beside its own.
    static let modelParts = [
        "MiningSchema", "Output", "ModelStats", "ModelExplanation", "Targets",
        "LocalTransformations", "ModelVerification",
    ]

    /// The elements that are models that can be read.
    static let models = [
        "Scorecard", "RegressionModel", "TreeModel", "MiningModel",
    ]

    /// A model inside a scope.
    func predict(_ model: XMLElement, in outer: PMMLScope, classes: PMMLClasses? = nil)
        throws(ModelFormatError) -> (PMMLPrediction, PMMLScope)
    {
        modelDepth += 1
        defer { modelDepth -= 1 }
        guard modelDepth <= ModelFormatLimits.modelDepth else {
            throw model.unsupported("models are nested deeper than \(ModelFormatLimits.modelDepth)")
        }
        // The classes of a model are looked up in models inside it.
        try builder.work(1 + (classes?.labels.count ?? 0), model)
        let rounds = builder.roundsToFloat32
        defer { builder.roundsToFloat32 = rounds }
        let scope = try open(model, in: outer)
        let isClassification = try self.isClassification(model)
        let classes = isClassification ? try self.classes(of: model, outer: classes) : nil
        if modelDepth == 1 {
            // Invalid values are refused whether the model asks for them or not.
            for field in try model.requiredChild("MiningSchema").children {
                let name = field["name"] ?? ""
                if scope.entries[name] != nil { _ = try value(of: name, in: scope, field) }
            }
        }
        var prediction: PMMLPrediction
        switch model.name {
        case "Scorecard": prediction = try scorecard(model, in: scope)
        case "RegressionModel": prediction = try regression(model, in: scope, classes)
        case "TreeModel": prediction = try tree(model, in: scope, classes)
        default: prediction = try segmentation(model, in: scope, classes)
        }
        try applyTargets(of: model, to: &prediction)
        return (prediction, scope)
    }

    /// The scope of a model, and how it computes.
    func open(_ model: XMLElement, in outer: PMMLScope) throws(ModelFormatError) -> PMMLScope {
        if model["isScorable"] == "false" { throw model.unsupported("the model is not scorable") }
        for name in model.attributeNames where name.hasPrefix("x-") && name != "x-mathContext" {
            throw model.unsupported("attribute \"\(name.prefix(40))\" is not supported")
        }
        switch model["x-mathContext"] ?? "double" {
        case "float": builder.roundsToFloat32 = true
        case "double": builder.roundsToFloat32 = false
        case let context:
            throw model.unsupported("x-mathContext=\"\(context.prefix(40))\" is not supported")
        }
        let scope = PMMLScope(parent: outer)
        try declareMining(model, in: scope)
        if let transformations, modelDepth == 1 {
            try declareDerived(transformations, in: scope)
        }
        if let local = model.child("LocalTransformations") {
            try declareDerived(local, in: scope)
        }
        return scope
    }

    /// Whether the model tells classes apart; else it gives a number.
    func isClassification(_ model: XMLElement) throws(ModelFormatError) -> Bool {
        switch try model.required("functionName") {
        case "classification": return true
        case "regression": return false
        case let name:
            throw model.unsupported("functionName=\"\(name.prefix(40))\" is not supported")
        }
    }

    /// The classes of a model: as its target lists them, then as its parts name them.
    private func classes(of model: XMLElement, outer: PMMLClasses?)
        throws(ModelFormatError) -> PMMLClasses
    {
        let target = try targets(of: model).first
        let field = try target.map { (field) throws(ModelFormatError) in
            dataFields[try field.required("name")]
        }
        var classes = PMMLClasses(kind: .text(PMMLTexts()))
        if let field = field ?? nil {
            classes = PMMLClasses(kind: field.kind)
            field.validTexts.forEach { classes.add($0) }
        } else if let outer {
            classes = outer
        }
        for label in labels(in: model) { classes.add(label) }
        guard !classes.labels.isEmpty else { throw model.malformed("it names no class") }
        return classes
    }

    /// The labels that parts of a model name, each once, in order.
    private func labels(in model: XMLElement) -> [String] {
        var labels: [String] = []
        var seen: Set<ExactText> = []
        // Everything between an element and the next one after it is inside it.
        var open = [model]
        while let element = open.popLast() {
            let label: String? =
                switch element.name {
                case "ScoreDistribution": element["value"]
                case "RegressionTable": element["targetCategory"]
                case "Node": element["score"]
                default: nil
                }
            if let label, seen.insert(label) { labels.append(label) }
            let isOther = element.index != model.index && Self.models.contains(element.name)
            if isOther, element["functionName"] != "classification" { continue }
            open += element.children.filter {
                ["Node", "ScoreDistribution", "RegressionTable", "Segmentation", "Segment"]
                    .contains($0.name) || Self.models.contains($0.name)
            }.reversed()
        }
        return labels
    }

    /// The predicted class as a value of the target's kind.
    func label(_ place: Int, _ classes: PMMLClasses, _ element: XMLElement)
        throws(ModelFormatError) -> PMMLValue
    {
        try builder.work(classes.labels.count, element)
        if case .text = classes.kind {
            return PMMLValue(register: place, kind: .text(PMMLTexts(classes.labels)))
        }
        var pairs: [(Double, Double)] = []
        for (index, label) in classes.labels.enumerated() {
            pairs.append((Double(index), try classes.kind.literal(label, element)))
        }
        let register = builder.lookup(pairs, otherwise: .nan, place)
        return PMMLValue(register: register, kind: classes.kind)
    }

    /// The class with the highest probability, or the one at `place`; missing where the
    /// probabilities are.
    func classification(
        _ probabilities: [Int],
        _ classes: PMMLClasses,
        place: Int? = nil,
        _ element: XMLElement
    ) throws(ModelFormatError) -> PMMLPrediction {
        try builder.work(probabilities.count, element)
        let largest = place ?? builder.append(.argumentOfMaximum(probabilities))
        let known = place == nil ? builder.unlessMissing(probabilities, largest) : largest
        return PMMLPrediction(
            value: try label(known, classes, element),
            classPlace: known,
            classes: classes,
            probabilities: probabilities
        )
    }
}
