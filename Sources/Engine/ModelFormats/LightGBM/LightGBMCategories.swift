// SPDX-License-Identifier: Apache-2.0

// The categories of columns of a data frame, which LightGBM's Python package keeps in a last line.

internal import Documents
internal import ExactTexts
internal import VigieLimits

/// What stands behind the trees: the categories, and what tells of which features they are.
struct LightGBMCategories {
    /// Categories of each column of the data frame that had some, in the order of the columns.
    private(set) var columns: [[CategoryValue]] = []
    /// The features that the parameters call categorical; nil when they do not say.
    private var categoricalFeatures: [Int]?
    /// The line of the categories.
    private var line = 0

    /// Reads to the end of the file.
    init(_ lines: inout TextLines) throws(ModelFormatError) {
        let (parameter, key) = ("[categorical_feature: ".utf8, "pandas_categorical:".utf8)
        while let text = lines.nextLine() {
            if text.starts(with: parameter), text.last == UInt8(ascii: "]") {
                let numbers = text.dropFirst(parameter.count).dropLast()
                    .split(separator: UInt8(ascii: ",")).map(\.integer)
                categoricalFeatures = numbers.contains(nil) ? nil : numbers.compactMap(\.self)
            } else if text.starts(with: key) {
                line = lines.number
                columns = try Self.columns(Array(text.dropFirst(key.count)), line: line)
            }
        }
    }

    private static func columns(
        _ json: [UInt8],
        line: Int
    ) throws(ModelFormatError) -> [[CategoryValue]] {
        func malformed(_ message: String) -> ModelFormatError {
            ModelFormatError(
                code: .malformed,
                line: line,
                section: "pandas_categorical",
                message: message
            )
        }
        let list: DocumentValue
        do {
            let depth = ModelFormatLimits.documentDepth
            list = try DocumentValue(json: json, depthLimit: depth, allowsNonFinite: true)
        } catch {
            throw malformed("\(error)")
        }
        // Models of plain numbers may have null.
        if case .null = list { return [] }
        guard let columns = list.elements else { throw malformed("it is no list") }
        let read = columns.map { column in
            (column.elements?.map(CategoryValue.init)).flatMap { values in
                values.contains(nil) ? nil : values.compactMap(\.self)
            }
        }
        guard !read.contains(nil) else {
            throw malformed("it is no list of lists of texts, numbers, true and false")
        }
        return read.compactMap(\.self)
    }

    /// The categories of each feature; nil for those of numbers.
    ///
    /// - Parameter names: The features of the columns, in their order, where the caller knows them.
    func categories(
        of header: LightGBMHeader,
        columns names: [String]?
    ) throws(ModelFormatError) -> [CategoryDictionary?] {
        var categories = [CategoryDictionary?](repeating: nil, count: header.featureNames.count)
        let features =
            if let names { try self.features(named: names, header) } else { try found(in: header) }
        for (column, feature) in zip(columns, features) {
            categories[feature] = CategoryDictionary(column, unknown: .missing)
        }
        return categories
    }

    private func features(
        named names: [String],
        _ header: LightGBMHeader
    ) throws(ModelFormatError) -> [Int] {
        let places = Dictionary(
            zip(header.featureNames.lazy.map(ExactText.init), header.featureNames.indices),
            uniquingKeysWith: { first, _ in first }
        )
        guard names.count == columns.count else {
            throw unclear("\(names.count) columns are named as categorical")
        }
        let fit = LightGBMColumnFit(header, columns: columns, categoricalFeatures: nil)
        var features: [Int] = []
        for (column, name) in names.enumerated() {
            guard let feature = places[name], !features.contains(feature) else {
                throw unclear("there is no feature \"\(name.prefix(60))\", or it is named twice")
            }
            guard fit.fits(column, feature) else {
                throw unclear(
                    "\"\(name.prefix(60))\" has values beyond the \(columns[column].count) "
                        + "categories of column \(column + 1)"
                )
            }
            features.append(feature)
        }
        return features
    }

    /// The features of the columns, where only one choice agrees with the file.
    private func found(in header: LightGBMHeader) throws(ModelFormatError) -> [Int] {
        if columns.isEmpty { return [] }
        let fit = LightGBMColumnFit(
            header,
            columns: columns,
            categoricalFeatures: categoricalFeatures
        )
        guard let choice = fit.choice() else {
            throw unclear("it does not tell which of the features those are")
        }
        return choice
    }

    private func unclear(_ message: String) -> ModelFormatError {
        ModelFormatError(
            code: .unsupported,
            line: line,
            section: "pandas_categorical",
            message: "the data frame had \(columns.count) columns with categories, but \(message); "
                + "name them with --categorical-columns, in the order of the data frame"
        )
    }
}
