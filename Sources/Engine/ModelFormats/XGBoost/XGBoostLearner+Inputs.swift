// SPDX-License-Identifier: Apache-2.0

// Names of features, and the texts of their categories.

internal import Documents
internal import ExactTexts
internal import VigieLimits

extension XGBoostLearner {
    /// The features: named as in the file, or f0, f1 and so on, as XGBoost itself calls them.
    func inputs(categories: DocumentNode?) throws(ModelFormatError) -> [ModelProgram.Input] {
        var names: [String] = []
        let list = try node.optional("feature_names")
        for name in try list?.list() ?? [] { names.append(try name.text()) }
        if names.isEmpty {
            guard featureCount <= ModelFormatLimits.unnamedFeatures else {
                throw node.unsupported(
                    "\(featureCount) features without names; the limit is "
                        + "\(ModelFormatLimits.unnamedFeatures)"
                )
            }
            names = (0..<featureCount).map { "f\($0)" }
        }
        guard names.count == featureCount, names.areExactlyDistinct else {
            throw (list ?? node).malformed(
                names.count == featureCount
                    ? "a feature name appears twice"
                    : "\(names.count) feature names, but num_feature is \(featureCount)"
            )
        }
        var inputs = names.map { ModelProgram.Input(name: $0) }
        try checkFeatureTypes()
        let encodings = try categories?.member("enc").list() ?? []
        guard encodings.isEmpty || encodings.count == featureCount else {
            throw node.malformed("categories of \(encodings.count) features of \(featureCount)")
        }
        if let categories { try checkCategories(categories) }
        let types = try node.optional("feature_types")?.list() ?? []
        for (index, encoding) in encodings.enumerated() {
            let values = try self.values(encoding)
            // A column without any value at training has no categories, and still is one of them.
            let isCategorical = index < types.count ? try types[index].text() == "c" : false
            guard isCategorical || !values.isEmpty else { continue }
            inputs[index].categories = CategoryDictionary(values, unknown: .notScorable)
        }
        return inputs
    }

    /// The categories of one feature, as XGBoost 3.1 and later keep them: whole numbers, or texts
    /// as bytes with the offset of each. A numerical feature has none.
    private func values(_ encoding: DocumentNode) throws(ModelFormatError) -> [CategoryValue] {
        let values = try encoding.member("values").integers()
        guard let offsets = try encoding.optional("offsets") else {
            return values.map { .decimal(ExactText("\($0)")) }
        }
        let bounds = try offsets.integers()
        var texts: [CategoryValue] = []
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            guard start >= 0, start <= end, end <= values.count else {
                throw offsets.malformed("do not ascend within the \(values.count) values")
            }
            let bytes = values[start..<end].map { UInt8(truncatingIfNeeded: $0) }
            guard let text = String(validating: bytes, as: UTF8.self),
                !cutsTexts || bytes.allSatisfy({ $0 < 0x80 })
            else {
                throw offsets.unsupported(
                    "XGBoost before 3.4 writes categories with accents and the like cut short; "
                        + "train with a newer one, or with texts of ASCII"
                )
            }
            texts.append(.text(ExactText(text)))
        }
        return texts
    }
}
