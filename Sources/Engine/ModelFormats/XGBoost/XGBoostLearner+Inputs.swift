// SPDX-License-Identifier: Apache-2.0

// Names of features, and the texts of their categories.

import VigieLimits

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
        guard names.count == featureCount, Set(names).count == names.count else {
            throw (list ?? node).malformed(
                names.count == featureCount
                    ? "a feature name appears twice"
                    : "\(names.count) feature names, but num_feature is \(featureCount)"
            )
        }
        var inputs = names.map { ModelProgram.Input(name: $0) }
        try checkFeatureTypes()
        if let categories { try checkCategories(categories) }
        let encodings = try categories?.member("enc").list() ?? []
        guard encodings.isEmpty || encodings.count == featureCount else {
            throw node.malformed("categories of \(encodings.count) features of \(featureCount)")
        }
        for (index, encoding) in encodings.enumerated() {
            inputs[index].categories = try texts(encoding)
        }
        return inputs
    }

    /// The categories of one feature, as XGBoost 3.1 and later keep them: whole numbers, or texts
    /// as bytes with the offset of each. Nil for a numerical feature, which has none.
    private func texts(_ encoding: DocumentNode) throws(ModelFormatError) -> [String]? {
        let values = try encoding.member("values").integers()
        guard let offsets = try encoding.optional("offsets") else {
            return values.isEmpty ? nil : values.map { "\($0)" }
        }
        let bounds = try offsets.integers()
        guard bounds.count > 1 else { return nil }
        var texts: [String] = []
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            guard start >= 0, start <= end, end <= values.count else {
                throw offsets.malformed("do not ascend within the \(values.count) values")
            }
            let bytes = values[start..<end].map { UInt8(truncatingIfNeeded: $0) }
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        return texts
    }
}
