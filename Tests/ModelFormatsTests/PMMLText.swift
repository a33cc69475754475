// SPDX-License-Identifier: Apache-2.0

// Small PMML documents, made of parts.

/// Documents of the tests.
enum PMMLText {
    /// A document of two numbers, a text, and a model.
    static func document(_ model: String, transformations: String = "") -> String {
        """
        <?xml version="1.0"?>
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/>
        <DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="z" optype="continuous" dataType="double"/>
        <DataField name="c" optype="categorical" dataType="string">
        <Value value="p"/><Value value="q"/></DataField>
        <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        \(transformations)
        \(model)
        </PMML>
        """
    }

    /// A mining schema of all fields.
    static let schema = """
        <MiningSchema><MiningField name="x"/><MiningField name="z"/><MiningField name="c"/>
        <MiningField name="y" usageType="target"/></MiningSchema>
        """

    /// A regression on `x`, with what stands before its table.
    static func regression(_ parts: String = "", predictor: String = "x") -> String {
        """
        <RegressionModel functionName="regression">\(schema)\(parts)
        <RegressionTable intercept="1"><NumericPredictor name="\(predictor)" coefficient="2"/>
        </RegressionTable></RegressionModel>
        """
    }

    /// A regression on a derived field of an expression.
    static func derived(_ expression: String, functions: String = "") -> String {
        let field = """
            <LocalTransformations><DerivedField name="d" optype="continuous" dataType="double">
            \(expression)</DerivedField></LocalTransformations>
            """
        let dictionary = "<TransformationDictionary>\(functions)</TransformationDictionary>"
        return document(
            regression(field, predictor: "d"),
            transformations: functions.isEmpty ? "" : dictionary
        )
    }

    /// A tree of one split.
    static func tree(_ attributes: String = "", predicate: String, more: String = "") -> String {
        document(
            """
            <TreeModel functionName="regression" \(attributes)>\(schema)
            <Node score="1" id="0"><True/>
            <Node score="2" id="1">\(predicate)</Node>\(more)
            </Node></TreeModel>
            """
        )
    }
}
