// SPDX-License-Identifier: Apache-2.0

// The categories of columns as a manifest tells them: their place is their code.

internal import Documents
internal import ExactTexts
package import ModelFormats
internal import VigieLimits

/// What the values of a column can be.
package struct ManifestCategories: Sendable, Equatable {
    /// The categories by code.
    package var values: [CategoryValue]
    /// What becomes of a text that is none of them; nil: what the model does with it.
    package var unknown: CategoryDictionary.Unknown?

    /// The categories of a model's input.
    package init(_ dictionary: CategoryDictionary) {
        values = dictionary.values
        unknown = dictionary.unknown
    }

    /// Reads the categories of an input or feature; nil where there are none.
    init?(_ object: ObjectReader) {
        let unknown = object.optional("unknown_category")
        guard let list = object.optional("categories") else {
            if unknown != nil {
                object.problems.add(object.path(to: "unknown_category"), "needs \"categories\".")
            }
            return nil
        }
        values = list.array(limit: ScoringLimits.categories).compactMap { reader in
            if let value = CategoryValue(reader.value) { return value }
            reader.problems.add(
                reader.path,
                "must be a text, a number, true or false, not \(reader.value.kind)."
            )
            return nil
        }
        self.unknown = unknown?.choice(CategoryDictionary.Unknown.self)
    }

    /// The members of an input or feature.
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = ["categories": .array(values.map(\.json))]
        members["unknown_category"] = unknown.map { .string($0.rawValue) }
        return members
    }
}

extension CategoryValue {
    fileprivate var json: JSONValue {
        switch self {
        case .text(let text): .string(text.text)
        case .boolean(let bool): .bool(bool)
        case .decimal(let digits): .digits(digits.text)
        // With a point or an exponent, by which it is known again.
        case .float64(let number):
            .digits(number.isFinite ? "\(number)" : number < 0 ? "-1e999" : "1e999")
        }
    }
}

extension Manifest {
    /// The features that the manifest says have categories, for a model file that leaves open which
    /// of them do; nil when it names none.
    var categoricalColumns: [String]? {
        let names = features.filter { $0.categories != nil }.map(\.name)
        return names.isEmpty ? nil : names
    }

    /// Notes what is wrong with the categories, apart from what the model file says of them.
    func checkCategories(_ problems: ProblemList) {
        for (index, feature) in features.enumerated() where feature.categories != nil {
            let path = "features[\(index)]"
            if inputs != nil {
                problems.add("\(path).categories", "belong to the inputs, not to what they give.")
            }
            check(feature.unit, feature.range, path, problems)
        }
        for (index, input) in (inputs ?? []).enumerated() where input.categories != nil {
            check(input.unit, input.range, "inputs[\(index)]", problems)
        }
    }

    private func check(
        _ unit: Unit,
        _ range: ValueRange,
        _ path: String,
        _ problems: ProblemList
    ) {
        if unit != .none { problems.add("\(path).unit", "must be \"none\" for categories.") }
        if range.isBounded { problems.add("\(path).minimum", "has no meaning for categories.") }
    }

    /// The dictionary of each item of the manifest: of each input, or without inputs of each
    /// feature. What the manifest says must be what the model file says; where only one of them
    /// says something, that counts.
    ///
    /// - Parameter ofModel: Those of the model's features; empty for a model without any.
    func dictionaries(
        ofModel: [CategoryDictionary?],
        _ problems: ProblemList
    ) -> [CategoryDictionary?] {
        guard let inputs else {
            return features.enumerated().map { index, feature in
                let path = "features[\(index)].categories"
                let own = ofModel.indices.contains(index) ? ofModel[index] : nil
                return Self.join(feature.categories, own, path, problems)
            }
        }
        var found = inputs.map { $0.categories.map { CategoryDictionary($0, of: nil) } }
        for (index, own) in ofModel.enumerated() {
            guard let own, features.indices.contains(index) else { continue }
            // What is computed of a category is none; only the input itself can be.
            let name = features[index].expression.map { ExactText(trimmed($0)) }
            guard let input = inputs.firstIndex(where: { ExactText($0.name) == name }) else {
                problems.add(
                    "features[\(index)].expression",
                    "must be the name of an input: the model file has categories for it."
                )
                continue
            }
            let path = "inputs[\(input)].categories"
            found[input] = Self.join(inputs[input].categories, own, path, problems)
        }
        return found
    }

    private static func join(
        _ told: ManifestCategories?,
        _ own: CategoryDictionary?,
        _ path: String,
        _ problems: ProblemList
    ) -> CategoryDictionary? {
        guard let told else { return own }
        if let own, told.values != own.values {
            problems.add(
                path,
                "are not those of the model file, which has \(own.values.count): "
                    + own.values.prefix(8).map { "\"\($0.shown)\"" }.joined(separator: ", ")
                    + (own.values.count > 8 ? " and others." : ".")
            )
        }
        if told.unknown == .other, own?.unknown != .other {
            problems.add(path, "are of a model that knows no other ones (\"unknown_category\").")
        }
        return CategoryDictionary(told, of: own)
    }
}

extension CategoryDictionary {
    /// The categories of a manifest, with what a model's own dictionary does with unknown texts.
    fileprivate init(_ told: ManifestCategories, of own: CategoryDictionary?) {
        self.init(told.values, unknown: told.unknown ?? own?.unknown ?? .notScorable)
    }
}

private func trimmed(_ text: String) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let start = text.utf8.drop(while: isBlank)
    let end = start.lastIndex { !isBlank($0) } ?? start.startIndex
    return start.isEmpty ? "" : String(text[start.startIndex...end])
}
