// SPDX-License-Identifier: Apache-2.0

// The categories of columns of a data frame, which LightGBM's Python package keeps in a last line.

internal import VigieLimits

extension LightGBMTextReader {
    /// The categories of each feature; nil for numbers.
    ///
    /// The last line, `pandas_categorical:`, lists categories of columns without saying of which.
    /// They are the categorical features, in order, if there are as many, and if no feature has
    /// more values than its column; else features take numbers.
    static func readCategories(
        _ lines: inout TextLines,
        _ header: LightGBMHeader
    ) throws(ModelFormatError) -> [[String]?] {
        var categories = [[String]?](repeating: nil, count: header.featureNames.count)
        let columns = try readColumns(&lines)
        let features = header.featureInfos.indices.filter {
            !header.featureInfos[$0].hasPrefix("[") && header.featureInfos[$0] != "none"
        }
        guard columns.count == features.count, header.featureInfos.count == categories.count,
            zip(features, columns).allSatisfy({ feature, column in
                header.featureInfos[feature].utf8.split(separator: UInt8(ascii: ":")).allSatisfy {
                    Array($0)[...].integer.map { $0 < column.count } ?? false
                }
            })
        else { return categories }
        for (feature, column) in zip(features, columns) { categories[feature] = column }
        return categories
    }

    private static func readColumns(
        _ lines: inout TextLines
    ) throws(ModelFormatError) -> [[String]] {
        let key = "pandas_categorical:".utf8
        while let line = lines.nextLine() {
            guard line.starts(with: key) else { continue }
            do {
                let list = try DocumentValue(
                    json: Array(line.dropFirst(key.count)),
                    depthLimit: ModelFormatLimits.documentDepth,
                    allowsNonFinite: true
                )
                return (list.elements ?? []).map { ($0.elements ?? []).map(text) }
            } catch {
                throw ModelFormatError(
                    code: .malformed,
                    line: lines.number,
                    section: "pandas_categorical",
                    message: "\(error)"
                )
            }
        }
        return []
    }

    /// A category as a table has it.
    private static func text(_ value: DocumentValue) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): String(decoding: number.bytes, as: UTF8.self)
        case .bool(let bool): bool ? "True" : "False"
        case .null, .numbers, .list, .object: ""
        }
    }
}
