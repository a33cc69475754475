// SPDX-License-Identifier: Apache-2.0

// The attributes of PMML 4's elements, as far as they are read. One that is not listed could change
// every score, so it is an error.

internal import Documents

/// Checks the attributes of a document once, before it is compiled.
struct PMMLAttributes {
    /// Attributes of each element: those that are read, then those that mean nothing for a score.
    private static let known = NameTable(
        """
        PMML: version x-baseVersion
        DataDictionary: numberOfFields
        DataField: name optype dataType isCyclic displayName taxonomy
        Value: value property displayValue
        Interval: closure leftMargin rightMargin
        TransformationDictionary:
        LocalTransformations:
        DefineFunction: name dataType optype
        ParameterField: name dataType optype displayName
        DerivedField: name dataType optype displayName
        Constant: dataType missing
        FieldRef: field mapMissingTo
        NormContinuous: field mapMissingTo outliers
        LinearNorm: orig norm
        NormDiscrete: field value mapMissingTo
        Discretize: field mapMissingTo defaultValue dataType
        DiscretizeBin: binValue
        MapValues: mapMissingTo defaultValue outputColumn dataType
        FieldColumnPair: field column
        Apply: function mapMissingTo defaultValue invalidValueTreatment
        MiningSchema:
        MiningField: name usageType outliers lowValue highValue missingValueReplacement
            missingValueTreatment invalidValueTreatment invalidValueReplacement optype
            importance
        Targets:
        Target: field castInteger min max rescaleConstant rescaleFactor optype
        TargetValue: value priorProbability defaultValue displayValue
        Output:
        OutputField: name optype dataType feature value rank segmentId isFinalResult targetField
            displayName ruleFeature algorithm rankBasis rankOrder isMultiValued
        Scorecard: functionName initialScore useReasonCodes reasonCodeAlgorithm baselineScore
            isScorable modelName algorithmName baselineMethod
        Characteristics:
        Characteristic: reasonCode baselineScore name
        Attribute: reasonCode partialScore
        ComplexPartialScore:
        RegressionModel: functionName normalizationMethod isScorable modelName algorithmName
            modelType targetFieldName
        RegressionTable: intercept targetCategory
        NumericPredictor: name field exponent coefficient
        CategoricalPredictor: name field value coefficient
        PredictorTerm: coefficient name
        TreeModel: functionName missingValueStrategy missingValuePenalty noTrueChildStrategy
            isScorable modelName algorithmName splitCharacteristic
        Node: id score recordCount defaultChild
        ScoreDistribution: value recordCount confidence probability
        True:
        False:
        SimplePredicate: field operator value
        SimpleSetPredicate: field booleanOperator
        CompoundPredicate: booleanOperator
        Array: n type
        MiningModel: functionName isScorable modelName algorithmName
        Segmentation: multipleModelMethod missingPredictionTreatment missingThreshold
        Segment: weight id
        """
    )

    /// Throws unless every attribute of an element and of what it holds is known. What says nothing
    /// about a score is left out, and elements that are not known are for who reads them.
    static func check(_ root: XMLElement, model: XMLElement) throws(ModelFormatError) {
        // Of several models the first is read.
        var open = root.children.filter { $0.index <= model.index } + [root]
        while let element = open.popLast() {
            guard let names = known[element.name], !element.isForeign else { continue }
            for attribute in element.attributeNames where !names.contains(attribute) {
                // Those of models are looked at when the model is opened.
                if attribute == "x-mathContext", PMMLCompiler.models.contains(element.name) {
                    continue
                }
                throw element.unsupported(
                    "attribute \"\(attribute.prefix(40))\" is not known and could change a score"
                )
            }
            if element.index != root.index { open += element.children }
        }
    }
}
