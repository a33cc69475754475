// SPDX-License-Identifier: Apache-2.0

// Turns a PMML document into a model program.

internal import Documents
internal import ExactTexts
internal import Forest
internal import Formulas
internal import VigieLimits

/// What is known while a document is compiled.
final class PMMLCompiler {

    /// The steps.
    let builder: PMMLBuilder
    /// Fields of the data dictionary, by name.
    let dataFields: [ExactText: PMMLDataField]
    /// Functions that the document defines, by name.
    let functions: [ExactText: XMLElement]
    /// Expressions that are open.
    var expressionDepth = 0
    /// Functions that are being expanded.
    var openFunctions: Set<ExactText> = []
    /// Models that are open.
    var modelDepth = 0
    /// The register that says whether the model that is compiled is in use for a row; nil for
    /// always.
    var activity: Int?
    /// Registers that say that a row is one the model must not score.
    private(set) var invalid: [Int] = []
    private var knownInvalid: Set<Int> = []
    /// Tests for listed values that are made already.
    var listed: [PMMLDataField.List: Int] = [:]
    /// The derived fields of the document; the outermost model's scope takes them.
    var transformations: XMLElement?
    /// Registers that hold numbers of texts.
    var textRegisters: Set<Int> = []

    /// A compiler.
    init(
        builder: PMMLBuilder,
        dataFields: [ExactText: PMMLDataField],
        functions: [ExactText: XMLElement]
    ) {
        self.builder = builder
        self.dataFields = dataFields
        self.functions = functions
    }

    /// Notes that rows for which the condition holds get no score.
    func addInvalid(_ condition: Int) {
        if builder.constantValue(condition) == 0 { return }
        let condition = activity.map { builder.binary(.and, $0, condition) } ?? condition
        if knownInvalid.insert(condition).inserted { invalid.append(condition) }
    }
}
