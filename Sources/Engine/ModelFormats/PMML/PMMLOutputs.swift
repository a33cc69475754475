// SPDX-License-Identifier: Apache-2.0

// The outputs of a whole document.

internal import Documents
internal import ExactTexts
internal import Formulas

/// What the program gives, after rows that the model must not score are masked.
struct PMMLOutputs {
    private let compiler: PMMLCompiler
    private let model: XMLElement
    private let prediction: PMMLPrediction
    private let fields: [PMMLOutput]

    init(
        compiler: PMMLCompiler,
        model: XMLElement,
        _ prediction: PMMLPrediction,
        _ fields: [PMMLOutput]
    ) {
        self.compiler = compiler
        self.model = model
        self.prediction = prediction
        self.fields = fields
    }

    private var builder: PMMLBuilder { compiler.builder }

    /// The predicted value under the target's name, the probabilities, the model's own outputs.
    func named() throws(ModelFormatError) -> [ModelProgram.Output] {
        let target = try compiler.targets(of: model).first?["name"] ?? "prediction"
        var outputs = [output(target, prediction.value)]
        var names: Set<ExactText> = [ExactText(target)]
        let named = Set(fields.lazy.filter(\.isFinal).compactMap(\.probabilityOf))
        for (place, probability) in prediction.probabilities.enumerated()
        where !named.contains(place) {
            let name = "probability(\(prediction.classes?.labels[place] ?? ""))"
            names.insert(name)
            outputs.append(.init(name: name, register: masked(probability)))
        }
        for field in fields where field.isFinal && names.insert(field.name) {
            if case .value(let value) = field.entry { outputs.append(output(field.name, value)) }
        }
        return outputs
    }

    /// The same before a link function.
    func raw(_ outputs: [ModelProgram.Output]) -> [ModelProgram.Output] {
        if prediction.raw.isEmpty { return outputs }
        return prediction.raw.map { .init(name: $0.name, register: masked($0.register)) }
    }

    /// The log-odds of the event, for a model that has one: a class of two, or a logistic number.
    func logOdds() -> Int? {
        guard let classes = prediction.classes else {
            return prediction.logOdds.first.map(masked)
        }
        guard classes.labels.count == 2, prediction.probabilities.count == 2 else { return nil }
        let event = Self.event(classes.labels)
        if prediction.logOdds.count == 2 { return masked(prediction.logOdds[event]) }
        let odds = builder.binary(
            .divide,
            prediction.probabilities[event],
            prediction.probabilities[1 - event]
        )
        return masked(builder.unary(.ln, odds))
    }

    /// The probability of the event as it is among the outputs, where an output of the document's
    /// own may have rounded it.
    func eventProbability() -> Int? {
        guard let classes = prediction.classes else { return masked(prediction.value.register) }
        guard classes.labels.count == 2, prediction.probabilities.count == 2 else { return nil }
        let event = Self.event(classes.labels)
        let own = fields.first { $0.isFinal && $0.probabilityOf == event }
        if case .value(let value)? = own?.entry { return masked(value.register) }
        return masked(prediction.probabilities[event])
    }

    /// Which of two classes is the event: the one that says so, else the second.
    private static func event(_ labels: [String]) -> Int {
        let absence = ["0", "0.0", "-1", "false", "no", "n", "f", "good"]
        return absence.contains(labels[1].lowercased())
            && !absence.contains(labels[0].lowercased()) ? 0 : 1
    }

    private func output(_ name: String, _ value: PMMLValue) -> ModelProgram.Output {
        var categories = value.texts?.list
        if case .boolean = value.kind { categories = ["false", "true"] }
        return .init(name: name, register: masked(value.register), categories: categories)
    }

    /// The register, or nothing for a row that the model must not score.
    private func masked(_ register: Int) -> Int {
        guard let first = compiler.invalid.first else { return register }
        let isInvalid = compiler.invalid.dropFirst().reduce(first) { builder.binary(.or, $0, $1) }
        return builder.select(isInvalid, builder.missing, register)
    }
}
