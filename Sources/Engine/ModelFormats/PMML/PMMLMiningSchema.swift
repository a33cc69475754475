// SPDX-License-Identifier: Apache-2.0

// The mining schema: what a model does with missing, invalid and extreme values of its fields.

internal import Documents
internal import ExactTexts
internal import Formulas

extension PMMLCompiler {
    /// How a mining field is used.
    enum Usage: String {
        case active, predicted, target, supplementary, group, order
        case frequencyWeight, analysisWeight
    }

    private enum InvalidTreatment: String {
        case returnInvalid, asIs, asMissing, asValue
    }

    /// What a missing value becomes: a note about the replacement, but for the last.
    private enum MissingTreatment: String {
        case asIs, asMean, asMode, asMedian, asValue, returnInvalid
    }

    private enum Outliers: String {
        case asIs, asMissingValues, asExtremeValues
    }

    /// Adds the active fields of a mining schema to a scope.
    func declareMining(_ model: XMLElement, in scope: PMMLScope) throws(ModelFormatError) {
        let schema = try model.requiredChild("MiningSchema")
        try schema.allowChildren(["MiningField"])
        for field in schema.children("MiningField")
        where try field.choice("usageType", Usage.active) == .active {
            try scope.declare(try field.required("name"), .mining(field), field)
        }
    }

    /// The mining fields that the model predicts.
    func targets(of model: XMLElement) throws(ModelFormatError) -> [XMLElement] {
        var targets: [XMLElement] = []
        for field in try model.requiredChild("MiningSchema").children("MiningField") {
            let usage = try field.choice("usageType", Usage.active)
            if usage == .target || usage == .predicted { targets.append(field) }
        }
        return targets
    }

    /// The value of a mining field, after its treatment.
    func treated(_ field: XMLElement, in scope: PMMLScope) throws(ModelFormatError) -> PMMLValue {
        let name = try field.required("name")
        guard let outer = scope.parent else {
            throw field.malformed("there is no field \"\(name.prefix(60))\"")
        }
        var value = try value(of: name, in: outer, field)
        if let data = dataFields[name] {
            try replaceInvalid(&value, data, field)
        }
        try limit(&value, field)
        try replaceMissing(&value, field)
        return value
    }

    private func replaceInvalid(
        _ value: inout PMMLValue,
        _ data: PMMLDataField,
        _ field: XMLElement
    ) throws(ModelFormatError) {
        if !data.missing.isEmpty {
            let isMissing = try isOne(of: data.missing, .missing, value, field)
            value.register = builder.select(isMissing, builder.missing, value.register)
        }
        let treatment = try field.choice("invalidValueTreatment", InvalidTreatment.returnInvalid)
        guard treatment != .asIs, let isInvalid = try invalidity(of: value, data, field) else {
            return
        }
        switch treatment {
        case .returnInvalid: addInvalid(isInvalid)
        case .asMissing:
            value.register = builder.select(isInvalid, builder.missing, value.register)
        case .asValue:
            let text = try field.required("invalidValueReplacement")
            let replacement = builder.constant(try value.literal(text, field))
            value.register = builder.select(isInvalid, replacement, value.register)
        case .asIs: break
        }
    }

    /// 1 where a value is there but is not valid; nil where it always is.
    private func invalidity(
        of value: PMMLValue,
        _ data: PMMLDataField,
        _ field: XMLElement
    ) throws(ModelFormatError) -> Int? {
        var isInvalid: Int?
        if !data.valid.isEmpty || !data.intervals.isEmpty {
            var isValid = builder.unary(.isMissing, value.register)
            if value.texts != nil {
                // Valid texts are the first ones.
                var range = PMMLDataField.Interval()
                (range.low, range.high) = (0, Double(data.valid.count))
                range.highIsOpen = true
                isValid = builder.binary(.or, isValid, builder.isInside(range, value.register))
            } else if !data.valid.isEmpty {
                let isOne = try isOne(of: data.valid, .valid, value, field)
                isValid = builder.binary(.or, isValid, isOne)
            }
            try builder.work(data.intervals.count, field)
            for interval in data.intervals {
                let isInside = builder.isInside(interval, value.register)
                isValid = builder.binary(.or, isValid, isInside)
            }
            isInvalid = builder.unary(.not, isValid)
        }
        if !data.invalid.isEmpty {
            let isListed = try isOne(of: data.invalid, .invalid, value, field)
            isInvalid = isInvalid.map { builder.binary(.or, $0, isListed) } ?? isListed
        }
        return isInvalid
    }

    /// 1 where a value is one that the data dictionary lists. Nested models ask again and again.
    private func isOne(
        of list: [Double],
        _ property: PMMLDataField.List.Property,
        _ value: PMMLValue,
        _ field: XMLElement
    ) throws(ModelFormatError) -> Int {
        let name = try field.required("name")
        let key = PMMLDataField.List(field: name, property: property, register: value.register)
        if let known = listed[key] { return known }
        try builder.work(list.count, field)
        let result = builder.isOne(of: list, value.register)
        listed[key] = result
        return result
    }

    private func limit(_ value: inout PMMLValue, _ field: XMLElement) throws(ModelFormatError) {
        let outliers = try field.choice("outliers", Outliers.asIs)
        guard outliers != .asIs else { return }
        guard value.texts == nil else { throw field.malformed("a text has no outliers") }
        for (attribute, isLow) in [("lowValue", true), ("highValue", false)] {
            guard let number = try field.number(attribute) else { continue }
            let bound = builder.constant(number)
            let isOutlier =
                isLow
                ? builder.binary(.less, value.register, bound)
                : builder.binary(.less, bound, value.register)
            let replacement = outliers == .asMissingValues ? builder.missing : bound
            value.register = builder.select(isOutlier, replacement, value.register)
        }
    }

    private func replaceMissing(
        _ value: inout PMMLValue,
        _ field: XMLElement
    ) throws(ModelFormatError) {
        if try field.choice("missingValueTreatment", MissingTreatment.asIs) == .returnInvalid {
            addInvalid(builder.unary(.isMissing, value.register))
        } else if let text = field["missingValueReplacement"] {
            let replacement = builder.constant(try value.literal(text, field))
            let isMissing = builder.unary(.isMissing, value.register)
            value.register = builder.select(isMissing, replacement, value.register)
        }
    }
}
