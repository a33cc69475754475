// SPDX-License-Identifier: Apache-2.0

// The lines of a LightGBM file before its first tree.

import ExactTexts
import VigieLimits

/// What the header says.
struct LightGBMHeader {
    /// Feature names in the order of a row's values.
    let featureNames: [String]
    /// What the training rows had of each feature: "[low:high]" or, of categorical ones, "4:0:7".
    /// Empty when the file does not say.
    let featureInfos: [String]
    /// What makes predictions of raw scores.
    let objective: LightGBMObjective
    /// Raw scores of a row; tree `t` adds to output `t % outputCount`.
    let outputCount: Int
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
            } else if endsTrees(line) {
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
        let outputCount = try outputCount(section)
        let infos = section["feature_infos"]?.words.map { String(decoding: $0, as: UTF8.self) }
        return LightGBMHeader(
            featureNames: try featureNames(section),
            featureInfos: infos ?? [],
            objective: try objective(section),
            outputCount: outputCount,
            averagesTrees: averages,
            treeCount: section["tree_sizes"].map { $0.words.reduce(0) { count, _ in count + 1 } },
            hasTrees: hasTrees
        )
    }

    /// Checks the version and the number of outputs, which is that of classes or of what a custom
    /// objective wanted.
    private static func outputCount(_ section: TextSection) throws(ModelFormatError) -> Int {
        let version = try section.field("version")
        guard ["v2", "v3", "v4"].contains(version.string) else {
            throw section.unsupported(
                "version \"\(version.string.prefix(40))\" (v2, v3 and v4 are read)",
                line: version.line
            )
        }
        let count = try section.integer("num_tree_per_iteration")
        guard count >= 1, count <= ModelFormatLimits.outputs else {
            throw section.malformed(
                "num_tree_per_iteration=\(count); it is from 1 to \(ModelFormatLimits.outputs)",
                line: section["num_tree_per_iteration"]?.line ?? section.line
            )
        }
        return count
    }

    private static func objective(
        _ section: TextSection
    ) throws(ModelFormatError) -> LightGBMObjective {
        let field = section["objective"]
        guard let objective = LightGBMObjective(field) else {
            throw section.unsupported(
                "the objective \"\(field?.string.prefix(40) ?? "")\"",
                line: field?.line ?? section.line
            )
        }
        return objective
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
        guard names.areExactlyDistinct else {
            throw section.malformed("a feature name appears twice", line: field.line)
        }
        return names
    }
}
