// SPDX-License-Identifier: Apache-2.0

// Reads the text files LightGBM writes with `Booster.save_model`.

internal import Documents
internal import Forest
internal import Formulas

/// Reads LightGBM text models, as versions 2.1 to 4 write them: all objectives, one output or
/// several; boosted (also DART) or random forests; numerical and categorical splits; linear leaves.
///
/// The raw outputs of the program are those of `Booster.predict(raw_score=True)`, bit for bit.
/// Memory is bounded by the size of the text, whatever it declares. Byte counts in `tree_sizes` are
/// not relied on, only their number is.
package enum LightGBMTextReader {
    /// Reads a whole file.
    ///
    /// - Parameter categoricalColumns: The features that were columns with categories in a data
    ///   frame, in its order, where the file leaves that open.
    package static func read(
        _ text: [UInt8],
        categoricalColumns: [String]? = nil
    ) throws(ModelFormatError) -> ModelProgram {
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
        let trees = try readTrees(&lines, header)
        let ensemble = try join(trees, header: header, line: lines.number)
        let categories = try LightGBMCategories(&lines)
            .categories(of: header, columns: categoricalColumns)
        let inputs = zip(header.featureNames, categories).map {
            ModelProgram.Input(name: $0, categories: $1)
        }
        var program = ModelProgram(
            format: ModelFile.Format.lightGBMText.name,
            arithmetic: .float64,
            inputs: inputs
        )
        let first = program.append(.trees(ensemble, arguments: Array(inputs.indices)))
        let iterations = max(trees.count / header.outputCount, 1)
        header.objective.finish(
            &program,
            firstSum: first,
            outputCount: header.outputCount,
            divisor: header.averagesTrees && iterations > 1 ? Double(iterations) : nil
        )
        return program
    }

    private static func readTrees(
        _ lines: inout TextLines,
        _ header: LightGBMHeader
    ) throws(ModelFormatError) -> [DecisionTree] {
        var trees: [DecisionTree] = []
        var more = header.hasTrees
        while more {
            var section = TextSection(name: "tree \(trees.count)", line: lines.number)
            more = try readSection(&section, from: &lines, treeNumber: trees.count + 1)
            var tree = try LightGBMTreeSection(section: section).readTree()
            tree.output = trees.count % header.outputCount
            trees.append(tree)
        }
        guard header.treeCount ?? trees.count == trees.count,
            trees.count % header.outputCount == 0
        else {
            throw ModelFormatError(
                code: .malformed,
                line: lines.number,
                section: "header",
                message: trees.count % header.outputCount == 0
                    ? "\(trees.count) trees, but \"tree_sizes\" lists \(header.treeCount ?? 0)"
                    : "\(trees.count) trees for \(header.outputCount) outputs"
            )
        }
        return trees
    }

    /// Collects fields up to the line that starts the next tree (returns true) or ends the trees.
    static func readSection(
        _ section: inout TextSection,
        from lines: inout TextLines,
        treeNumber: Int
    ) throws(ModelFormatError) -> Bool {
        while let line = lines.nextLine() {
            if line.isEmpty { continue }
            if endsTrees(line) { return false }
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

    /// Whether a line stands behind the last tree. Files of version 2 have no mark but this.
    static func endsTrees(_ line: ArraySlice<UInt8>) -> Bool {
        line.elementsEqual("end of trees".utf8) || line.elementsEqual("feature importances:".utf8)
    }

    private static func join(
        _ trees: [DecisionTree],
        header: LightGBMHeader,
        line: Int
    ) throws(ModelFormatError) -> TreeEnsemble {
        do {
            return try TreeEnsemble(
                featureCount: header.featureNames.count,
                sum: .float64(start: [Double](repeating: 0, count: header.outputCount)),
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
