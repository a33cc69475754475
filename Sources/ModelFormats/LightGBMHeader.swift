// SPDX-License-Identifier: Apache-2.0

// The lines of a LightGBM file before its first tree.

/// What the header says.
struct LightGBMHeader {
    /// Feature names in the order of a row's values.
    let featureNames: [String]
    /// The objective line; empty when there is none.
    let objective: String
    /// Whether the prediction is made from the average of the trees (random forests).
    let averagesTrees: Bool
    /// Trees that `tree_sizes` lists; nil when it is not there.
    let treeCount: Int?
    /// Whether a tree follows.
    let hasTrees: Bool
}

extension LightGBMTextReader {
    /// Reads the header, up to and including the first `Tree=0` line.
    static func readHeader(_ lines: inout TextLines) throws(ModelFormatError) -> LightGBMHeader {
        var section = TextSection(name: "header", line: 1)
        // A word alone on its line is a flag; a flag we do not know could change every score.
        var averages = false
        var hasTrees: Bool?
        while hasTrees == nil, let line = lines.nextLine() {
            if line.isEmpty { continue }
            if line.elementsEqual("average_output".utf8) {
                averages = true
            } else if line.elementsEqual("end of trees".utf8) {
                hasTrees = false
            } else if line.starts(with: "Tree=".utf8) {
                guard line.elementsEqual("Tree=0".utf8) else {
                    throw section.malformed("expected \"Tree=0\"", line: lines.number)
                }
                hasTrees = true
            } else {
                try section.add(line, number: lines.number)
            }
        }
        guard let hasTrees else {
            throw section.malformed("the file ends inside its header", line: lines.number)
        }
        try checkKind(section)
        return LightGBMHeader(
            featureNames: try featureNames(section),
            objective: section["objective"]?.string ?? "",
            averagesTrees: averages,
            treeCount: section["tree_sizes"].map { $0.words.reduce(0) { count, _ in count + 1 } },
            hasTrees: hasTrees
        )
    }

    private static func checkKind(_ section: TextSection) throws(ModelFormatError) {
        let version = try section.field("version")
        guard ["v3", "v4"].contains(version.string) else {
            throw section.unsupported(
                "version \"\(version.string.prefix(40))\" (v3 and v4 are read)",
                line: version.line
            )
        }
        let classes = try section.integer("num_class")
        guard classes == 1 else {
            throw section.unsupported(
                "multiclass models (num_class=\(classes))",
                line: section.line
            )
        }
        let outputs = try section.integer("num_tree_per_iteration")
        guard outputs == 1 else {
            throw section.unsupported(
                "models with several outputs (num_tree_per_iteration=\(outputs))",
                line: section.line
            )
        }
    }

    private static func featureNames(_ section: TextSection) throws(ModelFormatError) -> [String] {
        let largest = try section.integer("max_feature_idx")
        let field = try section.field("feature_names")
        let names = field.words.map { String(decoding: $0, as: UTF8.self) }
        guard largest >= 0, names.count - 1 == largest else {
            throw section.malformed(
                "\(names.count) feature names, but max_feature_idx=\(largest)",
                line: field.line
            )
        }
        guard Set(names).count == names.count else {
            throw section.malformed("a feature name appears twice", line: field.line)
        }
        return names
    }
}
