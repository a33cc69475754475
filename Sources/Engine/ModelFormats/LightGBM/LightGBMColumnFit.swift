// SPDX-License-Identifier: Apache-2.0

// Which features of a LightGBM model the columns with categories are. The file lists the categories
// of columns of a data frame without saying of which. Not all of them need be categorical features
// (those with an order are numbers to LightGBM), nor all categorical features such columns (whole
// numbers can be categories without a data frame).

internal import Documents

/// What is known of features and of columns with categories.
struct LightGBMColumnFit {
    private enum Seen {
        /// No training row had more than one value.
        case one
        /// Codes up to this one, of a categorical feature or of a number that is a code.
        case codes(upTo: Int, isCategorical: Bool)
        /// Values that are no codes.
        case other
    }

    private let seen: [Seen]
    private let counts: [Int]
    private let categorical: [Int]

    /// - Parameters:
    ///   - columns: Categories of each column.
    ///   - categoricalFeatures: The features that the parameters call categorical, if they do.
    init(
        _ header: LightGBMHeader,
        columns: [[CategoryValue]],
        categoricalFeatures: [Int]?
    ) {
        let infos = header.featureInfos
        let seen = header.featureNames.indices.map { feature in
            infos.indices.contains(feature) ? Self.seen(infos[feature]) : .one
        }
        counts = columns.map(\.count)
        let isCategorical = { (feature: Int) in
            if case .codes(_, true) = seen[feature] { true } else { false }
        }
        let known = categoricalFeatures?.filter(seen.indices.contains)
        categorical = known?.sorted() ?? seen.indices.filter(isCategorical)
        self.seen = seen
    }

    /// "[low:high]" of a number, "3:0:7" of a categorical feature (with -1 for other values), or
    /// "none".
    private static func seen(_ info: String) -> Seen {
        if info == "none" { return .one }
        let isNumber = info.hasPrefix("[") && info.hasSuffix("]")
        let text = Array(info.utf8)[...]
        let words = (isNumber ? text.dropFirst().dropLast() : text)
            .split(separator: UInt8(ascii: ":"))
        let values = words.compactMap { $0.double.flatMap { Int(exactly: $0) } }
        guard values.count == words.count, let least = values.min(), let greatest = values.max(),
            least >= (isNumber ? 0 : -1)
        else { return .other }
        return .codes(upTo: greatest, isCategorical: !isNumber)
    }

    /// Whether a column can be a feature: no value is beyond its categories.
    func fits(_ column: Int, _ feature: Int) -> Bool {
        switch seen[feature] {
        case .one: true
        case .codes(let greatest, _): greatest < counts[column]
        case .other: false
        }
    }

    /// Whether all categories of a column occur in a feature, as far as can be seen.
    private func fitsExactly(_ column: Int, _ feature: Int) -> Bool {
        switch seen[feature] {
        case .one: true
        case .codes(let greatest, _): greatest == counts[column] - 1
        case .other: false
        }
    }

    /// The features of the columns, in order. Nil when none can be, or when others can be as well:
    /// the categorical features come first, unless others have all categories and these have not.
    func choice() -> [Int]? {
        let all = Array(seen.indices)
        let isAmong = counts.count <= categorical.count
        guard let choice = only(isAmong ? categorical : all) ?? (isAmong ? only(all) : nil)
        else { return nil }
        let isExact = zip(choice.indices, choice).allSatisfy(fitsExactly)
        if !isExact, first(all[...], fitsExactly) != nil { return nil }
        return choice
    }

    /// The choice among some features, if there is just one: then the foremost is the hindmost.
    private func only(_ features: [Int]) -> [Int]? {
        guard let foremost = first(features[...], fits) else { return nil }
        var hindmost: [Int] = []
        var rest = features[...]
        for column in counts.indices.reversed() {
            guard let place = rest.lastIndex(where: { fits(column, $0) }) else { return nil }
            hindmost.append(rest[place])
            rest = rest[..<place]
        }
        return foremost == hindmost.reversed() ? foremost : nil
    }

    /// The foremost features that fit the columns in their order.
    private func first(_ features: ArraySlice<Int>, _ fits: (Int, Int) -> Bool) -> [Int]? {
        var choice: [Int] = []
        var rest = features
        for column in counts.indices {
            guard let place = rest.firstIndex(where: { fits(column, $0) }) else { return nil }
            choice.append(rest[place])
            rest = rest[(place + 1)...]
        }
        return choice
    }
}
