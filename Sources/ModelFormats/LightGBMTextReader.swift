// SPDX-License-Identifier: Apache-2.0

// Reads the text files LightGBM 3 and 4 write with `Booster.save_model`.

import Forest

/// Reads LightGBM text models with one output: binary, the regression family, cross-entropy,
/// ranking; boosted (also DART) or random forests; numerical and categorical splits.
///
/// Memory is bounded by the size of the text, whatever it declares. Byte counts in `tree_sizes` are
/// not relied on, only their number is.
package enum LightGBMTextReader {
    /// Reads a whole file.
    package static func read(_ text: [UInt8]) throws(ModelFormatError) -> LightGBMModel {
        var lines = TextLines(text)
        guard lines.nextLine().map({ $0.elementsEqual("tree".utf8) }) == true else {
            throw ModelFormatError(
                code: .malformed,
                line: 1,
                section: "header",
                message: "not a LightGBM text model: the first line is not \"tree\""
            )
        }
        let header = try readHeader(&lines)
        var trees: [DecisionTree] = []
        var more = header.hasTrees
        while more {
            var section = TextSection(name: "tree \(trees.count)", line: lines.number)
            more = try readSection(&section, from: &lines, treeNumber: trees.count + 1)
            trees.append(try LightGBMTreeSection(section: section).readTree())
        }
        guard header.treeCount == nil || header.treeCount == trees.count else {
            throw ModelFormatError(
                code: .malformed,
                line: lines.number,
                section: "header",
                message: "\(trees.count) trees, but \"tree_sizes\" lists \(header.treeCount ?? 0)"
            )
        }
        return LightGBMModel(
            ensemble: try join(trees, header: header, line: lines.number),
            featureNames: header.featureNames,
            objective: header.objective,
            rawScoreDivisor: header.averagesTrees ? Double(max(trees.count, 1)) : 1
        )
    }

    /// Collects fields up to the line that starts the next tree (returns true) or ends the trees.
    static func readSection(
        _ section: inout TextSection,
        from lines: inout TextLines,
        treeNumber: Int
    ) throws(ModelFormatError) -> Bool {
        while let line = lines.nextLine() {
            if line.isEmpty { continue }
            if line.elementsEqual("end of trees".utf8) { return false }
            if line.starts(with: "Tree=".utf8) {
                guard line.dropFirst(5).integer == treeNumber else {
                    throw section.malformed("expected \"Tree=\(treeNumber)\"", line: lines.number)
                }
                return true
            }
            try section.add(line, number: lines.number)
        }
        throw section.malformed("the file ends before \"end of trees\"", line: lines.number)
    }

    private static func join(
        _ trees: [DecisionTree],
        header: LightGBMHeader,
        line: Int
    ) throws(ModelFormatError) -> TreeEnsemble {
        do {
            return try TreeEnsemble(
                featureCount: header.featureNames.count,
                trees: trees
            )
        } catch {
            throw ModelFormatError(
                code: .malformed,
                line: line,
                section: error.tree.map { "tree \($0)" } ?? "header",
                message: error.message
            )
        }
    }
}
