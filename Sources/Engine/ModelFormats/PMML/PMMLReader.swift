// SPDX-License-Identifier: Apache-2.0

// Reads PMML 4.0 to 4.4.

internal import Documents
internal import ExactTexts
internal import Forest
internal import Formulas

/// Reads PMML documents whose first model is a Scorecard, a RegressionModel, a TreeModel or a
/// MiningModel of these.
///
/// The inputs are the active fields of the model's mining schema, in its order; those of texts have
/// categories. The first output is the predicted value, under the name of the target; then come a
/// probability for each class and the model's own outputs. Elements that could change a score and
/// are not understood are refused.
package enum PMMLReader {
    /// Reads a whole file.
    package static func read(_ bytes: UnsafeRawBufferPointer) throws(ModelFormatError)
        -> ModelProgram
    {
        let document = try XMLDocument.read(
            bytes,
            namespace: "http://www.dmg.org/PMML-",
            leavingOut: ["Extension"]
        )
        guard let root = document.root, root.name == "PMML", !root.isForeign else {
            throw ModelFormatError(
                code: .malformed,
                line: 1,
                section: "XML",
                message: "not a PMML document: its root is not <PMML>"
                    + (document.root.map { " but <\($0.name.prefix(40))>" } ?? "")
            )
        }
        try checkVersion(root)
        try root.allowChildren(
            PMMLCompiler.models + [
                "Header", "MiningBuildTask", "DataDictionary", "TransformationDictionary",
            ]
        )
        let isModel: (XMLElement) -> Bool = { PMMLCompiler.models.contains($0.name) }
        guard let model = root.children.first(where: isModel) else {
            throw root.malformed("it has no model")
        }
        try PMMLAttributes.check(root, model: model)
        return try PMMLProgram(root: root, model: model, fileBytes: bytes.count).program()
    }

    private static func checkVersion(_ root: XMLElement) throws(ModelFormatError) {
        let version = try root.required("version")
        let accepted = ["4.0", "4.1", "4.2", "4.3", "4.4"]
        guard accepted.contains(where: { version == $0 || version.hasPrefix($0 + ".") }) else {
            throw root.unsupported("version \"\(version.prefix(40))\" (4.0 to 4.4 are read)")
        }
        for name in root.document.namespaces.sorted()
        where !name.isEmpty && !name.hasPrefix("http://www.dmg.org/PMML-4") {
            throw root.unsupported("namespace \"\(name.prefix(60))\" is not of PMML 4")
        }
    }
}

/// A document on its way to a program.
private struct PMMLProgram {
    let root: XMLElement
    let model: XMLElement
    let fileBytes: Int

    func program() throws(ModelFormatError) -> ModelProgram {
        let dataFields = try readDataFields()
        let transformations = root.child("TransformationDictionary")
        var functions: [ExactText: XMLElement] = [:]
        for function in transformations?.children("DefineFunction") ?? [] {
            let name = try function.required("name")
            guard functions.updateValue(function, forKey: name) == nil else {
                throw function.malformed("function \"\(name.prefix(40))\" is defined twice")
            }
        }
        let names = try inputNames(dataFields)
        let builder = PMMLBuilder(inputCount: names.count, fileBytes: fileBytes)
        let compiler = PMMLCompiler(builder: builder, dataFields: dataFields, functions: functions)
        // Inputs, then derived fields of the document, then the model.
        let inputs = PMMLScope(parent: nil)
        for (register, name) in names.enumerated() {
            guard let field = dataFields[name] else { continue }
            var value = PMMLValue(register: register, kind: field.kind)
            if case .float = field.kind { value.register = builder.unary(.float32, register) }
            inputs.set(name, .value(value))
        }
        return try finish(compiler, inputs, names, transformations)
    }

    private func readDataFields() throws(ModelFormatError) -> [ExactText: PMMLDataField] {
        let dictionary = try root.requiredChild("DataDictionary")
        try dictionary.allowChildren(["DataField", "Taxonomy"])
        var fields: [ExactText: PMMLDataField] = [:]
        for element in dictionary.children("DataField") {
            let name = try element.required("name")
            let field = try PMMLDataField(element)
            guard fields.updateValue(field, forKey: name) == nil else {
                throw element.malformed("field \"\(name.prefix(60))\" is declared twice")
            }
        }
        if let count = try dictionary.number("numberOfFields"), count != Double(fields.count) {
            throw dictionary.malformed(
                "numberOfFields=\"\(count)\", but it has \(fields.count) fields"
            )
        }
        return fields
    }

    /// The active fields of the model, in the order of its mining schema.
    private func inputNames(_ fields: [ExactText: PMMLDataField]) throws(ModelFormatError)
        -> [String]
    {
        var names: [String] = []
        for field in try model.requiredChild("MiningSchema").children("MiningField")
        where field["usageType"] ?? "active" == "active" {
            let name = try field.required("name")
            guard fields[name] != nil else {
                throw field.malformed("\"\(name.prefix(60))\" is not in the data dictionary")
            }
            names.append(name)
        }
        guard names.areExactlyDistinct else {
            throw model.malformed("its mining schema has a field twice")
        }
        return names
    }

    private func finish(
        _ compiler: PMMLCompiler,
        _ inputs: PMMLScope,
        _ names: [String],
        _ transformations: XMLElement?
    ) throws(ModelFormatError) -> ModelProgram {
        let builder = compiler.builder
        compiler.transformations = transformations
        let (prediction, scope) = try compiler.predict(model, in: inputs)
        let fields = try compiler.outputs(of: model, prediction, in: scope)
        let outputs = PMMLOutputs(compiler: compiler, model: model, prediction, fields)
        let named = try outputs.named()
        let raw = outputs.raw(named)
        let logOdds = outputs.logOdds()
        let probability = logOdds == nil ? nil : outputs.eventProbability()
        var program = ModelProgram(
            format: ModelFile.Format.pmml.name,
            arithmetic: .float64,
            inputs: names.map {
                compiler.dataFields[$0]?.input($0) ?? ModelProgram.Input(name: $0)
            }
        )
        for step in builder.steps { _ = program.append(step) }
        program.outputs = named
        program.rawOutputs = raw
        program.logOdds = logOdds
        program.probability = probability
        return program
    }
}
