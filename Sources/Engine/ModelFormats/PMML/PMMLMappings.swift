// SPDX-License-Identifier: Apache-2.0

// Expressions that map one field: normalisation, intervals, tables.

internal import Documents
internal import ExactTexts
internal import Formulas

extension PMMLCompiler {
    private enum OutlierTreatment: String {
        case asIs, asMissingValues, asExtremeValues
    }

    /// Piecewise linear interpolation between the points of a `NormContinuous`.
    func normContinuous(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLValue
    {
        try element.allowChildren(["LinearNorm"])
        let field = try value(of: try element.required("field"), in: scope, element)
        var points: [(x: Double, y: Double)] = []
        for norm in element.children("LinearNorm") {
            try builder.work(1, norm)
            let x = try norm.requiredNumber("orig")
            guard points.last.map({ $0.x < x }) ?? true else {
                throw norm.malformed("orig=\"\(x)\" does not ascend")
            }
            points.append((x, try norm.requiredNumber("norm")))
        }
        guard points.count >= 2, field.texts == nil else {
            throw element.malformed("it needs a number and two points or more")
        }
        let outliers = try element.choice("outliers", OutlierTreatment.asIs)
        var pieces = zip(points, points.dropFirst()).map { line(field.register, $0, $1) }
        let (low, high) = (points[0], points[points.count - 1])
        switch outliers {
        case .asIs: break
        case .asMissingValues: pieces = [builder.missing] + pieces + [builder.missing]
        case .asExtremeValues:
            pieces = [builder.constant(low.y)] + pieces + [builder.constant(high.y)]
        }
        // The piece for values up to its right end; the last takes the rest.
        var ends = points.dropFirst().map(\.x)
        if outliers == .asIs { ends.removeLast() } else { ends.insert(low.x, at: 0) }
        var result = pieces[pieces.count - 1]
        for (index, (piece, end)) in zip(pieces, ends).enumerated().reversed() {
            // What lies below the first point is an outlier, the point itself is not.
            let isOutlier = index == 0 && outliers != .asIs
            let end = builder.constant(end)
            let isLeft = builder.binary(isOutlier ? .less : .lessOrEqual, field.register, end)
            result = builder.select(isLeft, piece, result)
        }
        var value = PMMLValue(
            register: builder.unlessMissing([field.register], result),
            kind: .double
        )
        try mapMissing(&value, element)
        return value
    }

    private func line(
        _ field: Int,
        _ from: (x: Double, y: Double),
        _ to: (x: Double, y: Double)
    ) -> Int {
        let offset = builder.calculate(.subtract, field, builder.constant(from.x))
        let share = builder.calculate(.divide, offset, builder.constant(to.x - from.x))
        let rise = builder.calculate(.multiply, share, builder.constant(to.y - from.y))
        return builder.calculate(.add, builder.constant(from.y), rise)
    }

    /// 1 where a field has a value, else 0.
    func normDiscrete(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLValue
    {
        try element.allowChildren([])
        let field = try value(of: try element.required("field"), in: scope, element)
        let number = try field.literal(try element.required("value"), element)
        let isEqual = builder.binary(.equal, field.register, builder.constant(number))
        var value = PMMLValue(
            register: builder.unlessMissing([field.register], isEqual),
            kind: .double
        )
        try mapMissing(&value, element)
        return value
    }

    /// The bin of the first interval that a number is in.
    func discretize(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLValue
    {
        try element.allowChildren(["DiscretizeBin"])
        let field = try value(of: try element.required("field"), in: scope, element)
        guard field.texts == nil else { throw element.malformed("a text is in no interval") }
        let bins = element.children("DiscretizeBin")
        let kind = try outputKind(element, bins.compactMap { $0["binValue"] })
        var result = builder.missing
        if let text = element["defaultValue"] {
            result = builder.constant(try kind.literal(text, element))
        }
        for bin in bins.reversed() {
            try builder.work(1, bin)
            let interval = try PMMLDataField.Interval(try bin.requiredChild("Interval"))
            let value = builder.constant(try kind.literal(try bin.required("binValue"), bin))
            result = builder.select(builder.isInside(interval, field.register), value, result)
        }
        var value = PMMLValue(
            register: builder.unlessMissing([field.register], result),
            kind: kind
        )
        try mapMissing(&value, element)
        return value
    }

    /// The type of a mapping's results: as declared, or numbers if all are.
    private func outputKind(_ element: XMLElement, _ texts: [String])
        throws(ModelFormatError) -> PMMLValue.Kind
    {
        if let dataType = element["dataType"] {
            return try PMMLValue.Kind(dataType: dataType, texts: PMMLTexts(), element)
        }
        let areNumbers = texts.allSatisfy { Array($0.utf8)[...].trimmed.double != nil }
        return areNumbers ? .double : .text(PMMLTexts())
    }

    /// The output column of the first row of a table whose other columns the fields have.
    func mapValues(_ element: XMLElement, in scope: PMMLScope)
        throws(ModelFormatError) -> PMMLValue
    {
        try element.allowChildren(["FieldColumnPair", "InlineTable"])
        let output = localName(try element.required("outputColumn"))
        var keys: [(field: PMMLValue, column: String)] = []
        for pair in element.children("FieldColumnPair") {
            let field = try value(of: try pair.required("field"), in: scope, pair)
            keys.append((field, localName(try pair.required("column"))))
        }
        guard !keys.isEmpty else { throw element.malformed("it maps no field") }
        let rows = try element.requiredChild("InlineTable").children.filter { $0.name == "row" }
        var cells: [(element: XMLElement, keys: [Double], output: String)] = []
        for row in rows {
            var texts: [ExactText: String] = [:]
            for cell in row.children { texts[cell.name] = cell.text }
            try builder.work(1 + texts.count + keys.count, row)
            guard let result = texts[output] else {
                throw row.malformed("it has no \"\(output.prefix(40))\"")
            }
            var numbers: [Double] = []
            for (field, column) in keys {
                guard let text = texts[column] else {
                    throw row.malformed("it has no \"\(column.prefix(40))\"")
                }
                numbers.append(try field.literal(text, row))
            }
            cells.append((row, numbers, result))
        }
        let kind = try outputKind(element, cells.map(\.output))
        var otherwise = Double.nan
        if let text = element["defaultValue"] { otherwise = try kind.literal(text, element) }
        var results: [Double] = []
        for cell in cells { results.append(try kind.literal(cell.output, cell.element)) }
        var value = PMMLValue(
            register: map(keys.map(\.field.register), cells.map(\.keys), results, otherwise),
            kind: kind
        )
        // Only a missing field is mapped, not a result that the table does not have.
        if let text = element["mapMissingTo"] {
            let replacement = builder.constant(try kind.literal(text, element))
            for key in keys {
                let isMissing = builder.unary(.isMissing, key.field.register)
                value.register = builder.select(isMissing, replacement, value.register)
            }
        }
        return value
    }

    /// A column's name may have the prefix of its elements.
    private func localName(_ name: String) -> String {
        String(name.split(separator: ":").last ?? "")
    }

    private func map(
        _ fields: [Int],
        _ keys: [[Double]],
        _ results: [Double],
        _ otherwise: Double
    ) -> Int {
        if fields.count == 1 {
            let pairs = zip(keys, results).map { ($0[0], $1) }
            return builder.lookup(pairs, otherwise: otherwise, fields[0])
        }
        var result = builder.constant(otherwise)
        for (row, value) in zip(keys, results).reversed() {
            let matches = zip(fields, row).map { field, key in
                builder.binary(.equal, field, builder.constant(key))
            }
            let isRow = matches.dropFirst().reduce(matches[0]) { builder.binary(.and, $0, $1) }
            result = builder.select(isRow, builder.constant(value), result)
        }
        return builder.unlessMissing(fields, result)
    }
}
