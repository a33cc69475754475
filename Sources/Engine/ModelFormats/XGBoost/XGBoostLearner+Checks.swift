// SPDX-License-Identifier: Apache-2.0

// What a learner holds beside its booster: nothing unknown, and counts that fit.

internal import Documents

extension XGBoostLearner {
    /// Throws when a learner holds what no XGBoost writes.
    static func checkMembers(_ node: DocumentNode) throws(ModelFormatError) {
        for name in XGBoostMembers.configuration where try node.optional(name) != nil {
            throw node.unsupported(
                "a configuration (Booster.save_config), not a model: save the model itself, with "
                    + "Booster.save_model(\"model.json\")"
            )
        }
        try node.allowMembers(XGBoostMembers.learner)
    }

    /// Throws when the parameters of an objective are unknown or do not fit the outputs.
    func checkObjective(
        _ node: DocumentNode,
        classCount: Int
    ) throws(ModelFormatError) {
        try node.allowMembers(
            XGBoostMembers.objectiveArrays + ["name"]
                + Array(XGBoostMembers.objectiveParameters.lists.keys)
        )
        for (name, members) in XGBoostMembers.objectiveParameters.lists {
            guard let parameters = try node.optional(name) else { continue }
            try parameters.allowMembers(members)
            if let classes = try parameters.optional("num_class"),
                try classes.integer() != classCount
            {
                throw classes.malformed(
                    "\(try classes.integer()) classes, but num_class of the model is \(classCount)"
                )
            }
            for name in ["quantile_alpha", "expectile_alpha"] {
                guard let levels = try parameters.optional(name) else { continue }
                let count = try levels.levelCount()
                guard count > 0, outputCount % count == 0 else {
                    throw levels.malformed("\(count) levels for \(outputCount) outputs")
                }
            }
        }
    }

    /// Throws when the types of features are unknown or do not fit.
    func checkFeatureTypes() throws(ModelFormatError) {
        guard let list = try node.optional("feature_types") else { return }
        let types = try list.list()
        guard types.isEmpty || types.count == featureCount else {
            throw list.malformed("\(types.count) types for \(featureCount) features")
        }
        for type in types where !["c", "float", "i", "int", "q"].contains(try type.text()) {
            throw type.unsupported("the type \"\(try type.text().prefix(40))\"")
        }
    }

    /// Throws when the arrays of categories do not fit each other.
    func checkCategories(_ categories: DocumentNode) throws(ModelFormatError) {
        try categories.allowMembers(XGBoostMembers.categories)
        var total = 0
        var featureCount = 0
        for encoding in try categories.member("enc").list() {
            try encoding.allowMembers(XGBoostMembers.encoding)
            let count: Int
            if let offsets = try encoding.optional("offsets") {
                count = max(0, try offsets.count() - 1)
            } else {
                count = try encoding.member("values").count()
            }
            total += count
            featureCount += 1
        }
        guard let node = try categories.optional("feature_segments") else { return }
        let segments = try node.integers()
        guard
            segments.isEmpty
                || (segments.count == featureCount + 1 && segments.first == 0
                    && segments.last == total && zip(segments, segments.dropFirst()).allSatisfy(<=))
        else {
            throw node.malformed(
                "does not ascend from 0 to the \(total) categories of \(featureCount) features"
            )
        }
        guard let sorted = try categories.optional("sorted_idx") else { return }
        let count = try sorted.count()
        guard count == 0 || count == total else {
            throw sorted.malformed("has \(count) values for \(total) categories")
        }
    }
}

extension DocumentNode {
    /// The number of levels in a text such as "[1E-1,5E-1]", in a list or in a number.
    fileprivate func levelCount() throws(ModelFormatError) -> Int {
        switch value {
        case .number: return 1
        case .text(let text):
            let inner = text.utf8.drop { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "(") }
            return inner.split(separator: UInt8(ascii: ",")).count {
                $0.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
        default: return try count()
        }
    }
}
