// SPDX-License-Identifier: Apache-2.0

// Turns a PMML document into a model program.

import Forest
import VigieLimits

/// What is known while a document is compiled.
final class PMMLCompiler {

    /// The steps.
    let builder: PMMLBuilder
    /// Fields of the data dictionary, by name.
    let dataFields: [String: PMMLDataField]
    /// Functions that the document defines, by name.
    let functions: [String: XMLElement]
    /// Expressions that are open.
    var expressionDepth = 0
    /// Functions that are being expanded.
    var openFunctions: Set<String> = []
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
        dataFields: [String: PMMLDataField],
        functions: [String: XMLElement]
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
