// SPDX-License-Identifier: Apache-2.0

// Broken and hostile PMML documents, and the errors that they must give.

import Testing

/// A document and the error that it must give.
struct HostileDocument: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// What the error must say.
    let message: String
    var isUnsupported = false
    var testDescription: String { name }
}

extension HostileDocument {
    /// Documents that are broken as XML, as a whole, or in what they name.
    static let documents: [HostileDocument] = [
        .init(name: "empty", text: "", message: "not well-formed"),
        .init(name: "other root", text: "<html/>", message: "root is not <PMML>"),
        .init(name: "no model", text: PMMLText.document(""), message: "it has no model"),
        .init(
            name: "version",
            text: PMMLText.document("").replacing("version=\"4.4\"", with: "version=\"3.2\""),
            message: "version \"3.2\"",
            isUnsupported: true
        ),
        .init(
            name: "namespace",
            text: PMMLText.document(PMMLText.regression())
                .replacing("PMML-4_4", with: "PMML-3_2"),
            message: "not of PMML 4",
            isUnsupported: true
        ),
        .init(
            name: "entity bomb",
            text: "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><PMML>&c;</PMML>",
            message: "document types and entities",
            isUnsupported: true
        ),
        .init(
            name: "external entity",
            text: "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><PMML/>",
            message: "document types and entities",
            isUnsupported: true
        ),
        .init(
            name: "undefined entity",
            text: "<PMML>&b;</PMML>",
            message: "not well-formed"
        ),
        .init(
            name: "nesting",
            text: String(repeating: "<a>", count: 100_000),
            message: "nested deeper than 512",
            isUnsupported: true
        ),
        .init(
            name: "attributes",
            text: "<PMML " + (0..<300).map { "a\($0)=\"\" " }.joined() + "/>",
            message: "more than 256 attributes",
            isUnsupported: true
        ),
        .init(
            name: "other model",
            text: PMMLText.document("<NeuralNetwork functionName=\"regression\"/>"),
            message: "<NeuralNetwork> in <PMML>",
            isUnsupported: true
        ),
        .init(
            name: "unknown part",
            text: PMMLText.document(PMMLText.regression("<Magic/>")),
            message: "<Magic> in <RegressionModel>",
            isUnsupported: true
        ),
        .init(
            name: "foreign part",
            text: PMMLText.document(PMMLText.regression("<Node xmlns=\"urn:other\"/>")),
            message: "<Node> in <RegressionModel>",
            isUnsupported: true
        ),
        .init(
            name: "foreign attribute",
            text: PMMLText.document(PMMLText.regression())
                .replacing("<RegressionModel", with: "<RegressionModel x-bonus=\"5\""),
            message: "x-bonus",
            isUnsupported: true
        ),
        .init(
            name: "field twice",
            text: PMMLText.document(PMMLText.regression())
                .replacing("name=\"z\"", with: "name=\"x\""),
            message: "declared twice"
        ),
        .init(
            name: "unknown field",
            text: PMMLText.document(PMMLText.regression(predictor: "w")),
            message: "there is no field \"w\""
        ),
        .init(
            name: "field not in the dictionary",
            text: PMMLText.document(PMMLText.regression())
                .replacing("<MiningField name=\"z\"", with: "<MiningField name=\"w\""),
            message: "not in the data dictionary"
        ),
        .init(
            name: "cyclic field",
            text: PMMLText.derived("<FieldRef field=\"d\"/>"),
            message: "depends on itself"
        ),
        .init(
            name: "cyclic fields",
            text: PMMLText.document(
                PMMLText.regression(
                    """
                    <LocalTransformations>
                    <DerivedField name="d" optype="continuous" dataType="double">
                    <FieldRef field="e"/></DerivedField>
                    <DerivedField name="e" optype="continuous" dataType="double">
                    <Apply function="abs"><FieldRef field="d"/></Apply></DerivedField>
                    </LocalTransformations>
                    """,
                    predictor: "d"
                )
            ),
            message: "depends on itself"
        ),
        .init(
            name: "cyclic function",
            text: PMMLText.derived(
                "<Apply function=\"f\"><FieldRef field=\"x\"/></Apply>",
                functions: """
                    <DefineFunction name="f"><ParameterField name="a"/>
                    <Apply function="f"><FieldRef field="a"/></Apply></DefineFunction>
                    """
            ),
            message: "calls itself"
        ),
        .init(
            name: "exploding functions",
            text: PMMLText.derived(
                "<Apply function=\"f40\"><FieldRef field=\"x\"/></Apply>",
                functions: (0...40).map { level in
                    let below = level == 0 ? "exp" : "f\(level - 1)"
                    let argument = { (shift: Int) in
                        """
                        <Apply function="+"><FieldRef field="a"/>
                        <Constant>\(shift + level)</Constant></Apply>
                        """
                    }
                    return """
                        <DefineFunction name="f\(level)"><ParameterField name="a"/>
                        <Apply function="+">
                        <Apply function="\(below)">\(argument(1))</Apply>
                        <Apply function="\(below)">\(argument(1_000_000))</Apply>
                        </Apply></DefineFunction>
                        """
                }.joined()
            ),
            message: "expands to more than",
            isUnsupported: true
        ),
        .init(
            name: "expressions",
            text: PMMLText.derived(
                String(repeating: "<Apply function=\"abs\">", count: 250)
                    + "<FieldRef field=\"x\"/>"
                    + String(repeating: "</Apply>", count: 250)
            ),
            message: "expressions are nested deeper",
            isUnsupported: true
        ),
        .init(
            name: "chain of fields",
            text: PMMLText.document(
                PMMLText.regression(
                    "<LocalTransformations>"
                        + (0..<5000).map {
                            """
                            <DerivedField name="d\($0)" optype="continuous" dataType="double">
                            <FieldRef field="\($0 == 4999 ? "x" : "d\($0 + 1)")"/></DerivedField>
                            """
                        }.joined() + "</LocalTransformations>",
                    predictor: "d0"
                )
            ),
            message: "expressions are nested deeper",
            isUnsupported: true
        ),
    ]

    /// Expressions, predicates and models that are wrong or not supported.
    static let parts: [HostileDocument] = [
        .init(
            name: "function",
            text: PMMLText.derived("<Apply function=\"uppercase\"><FieldRef field=\"c\"/></Apply>"),
            message: "function \"uppercase\"",
            isUnsupported: true
        ),
        .init(
            name: "arguments",
            text: PMMLText.derived("<Apply function=\"abs\"/>"),
            message: "with 0 arguments"
        ),
        .init(
            name: "text as a number",
            text: PMMLText.derived(
                "<Apply function=\"+\"><FieldRef field=\"c\"/><Constant>1</Constant></Apply>"
            ),
            message: "of a text",
            isUnsupported: true
        ),
        .init(
            name: "aggregate",
            text: PMMLText.derived("<Aggregate field=\"x\" function=\"sum\"/>"),
            message: "<Aggregate>",
            isUnsupported: true
        ),
        .init(
            name: "not a number",
            text: PMMLText.document(
                PMMLText.regression().replacing("coefficient=\"2\"", with: "coefficient=\"two\"")
            ),
            message: "coefficient=\"two\" is not a finite number"
        ),
        .init(
            name: "infinite",
            text: PMMLText.document(
                PMMLText.regression().replacing("intercept=\"1\"", with: "intercept=\"1e999\"")
            ),
            message: "is not a finite number"
        ),
        .init(
            name: "huge attribute",
            text: PMMLText.document(
                PMMLText.regression().replacing(
                    "intercept=\"1\"",
                    with: "intercept=\"\(String(repeating: "9", count: 1_000_000))\""
                )
            ),
            message: "is not a finite number"
        ),
        .init(
            name: "operator",
            text: PMMLText.tree(
                predicate: "<SimplePredicate field=\"x\" operator=\"like\" value=\"1\"/>"
            ),
            message: "operator=\"like\""
        ),
        .init(
            name: "order of texts",
            text: PMMLText.tree(
                predicate: "<SimplePredicate field=\"c\" operator=\"lessThan\" value=\"q\"/>"
            ),
            message: "order of texts",
            isUnsupported: true
        ),
        .init(
            name: "no predicate",
            text: PMMLText.tree(predicate: ""),
            message: "it has no predicate"
        ),
        .init(
            name: "predicates",
            text: PMMLText.tree(
                predicate: String(
                    repeating: "<CompoundPredicate booleanOperator=\"and\">",
                    count: 100
                ) + "<True/>" + String(repeating: "</CompoundPredicate>", count: 100)
            ),
            message: "predicates are nested deeper",
            isUnsupported: true
        ),
        .init(
            name: "strategy",
            text: PMMLText.tree("missingValueStrategy=\"guess\"", predicate: "<True/>"),
            message: "missingValueStrategy=\"guess\"",
            isUnsupported: true
        ),
        .init(
            name: "embedded model",
            text: PMMLText.tree(
                predicate: "<True/><Regression functionName=\"regression\"/>"
            ),
            message: "<Regression> in <Node>",
            isUnsupported: true
        ),
        .init(
            name: "array",
            text: PMMLText.tree(
                predicate: """
                    <SimpleSetPredicate field="c" booleanOperator="isIn">
                    <Array type="string">"p</Array></SimpleSetPredicate>
                    """
            ),
            message: "a quotation mark is not closed"
        ),
        .init(
            name: "array count",
            text: PMMLText.tree(
                predicate: """
                    <SimpleSetPredicate field="c" booleanOperator="isIn">
                    <Array type="string" n="99999999999">p</Array></SimpleSetPredicate>
                    """
            ),
            message: "it has 1 values"
        ),
        .init(
            name: "method",
            text: PMMLText.document(
                """
                <MiningModel functionName="regression">\(PMMLText.schema)
                <Segmentation multipleModelMethod="selectAll"/></MiningModel>
                """
            ),
            message: "multipleModelMethod=\"selectAll\"",
            isUnsupported: true
        ),
        .init(
            name: "no segments",
            text: PMMLText.document(
                """
                <MiningModel functionName="regression">\(PMMLText.schema)
                <Segmentation multipleModelMethod="sum"/></MiningModel>
                """
            ),
            message: "it has no segments"
        ),
        .init(
            name: "models",
            text: PMMLText.document(
                (0..<20).reduce(PMMLText.regression()) { inner, _ in
                    """
                    <MiningModel functionName="regression">\(PMMLText.schema)
                    <Segmentation multipleModelMethod="sum"><Segment><True/>\(inner)</Segment>
                    </Segmentation></MiningModel>
                    """
                }
            ),
            message: "models are nested deeper",
            isUnsupported: true
        ),
        .init(
            name: "text between elements",
            text: PMMLText.document(PMMLText.regression("<Output/>5<Output/>")),
            message: "text between elements",
            isUnsupported: true
        ),
    ]
}
