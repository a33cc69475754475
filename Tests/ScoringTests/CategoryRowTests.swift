// SPDX-License-Identifier: Apache-2.0

// Columns of texts against their naive twin: the same trees given the codes as numbers.

import Documents
import ExactTexts
import ModelFormats
import Scoring
import Testing

@Suite("Columns of texts")
struct CategoryRowTests {
    /// Trees over x and the category g, of three codes.
    private static func lightGBM(_ end: String) -> String {
        """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        max_feature_idx=1
        objective=binary sigmoid:1
        feature_names=x g
        feature_infos=[-1.5:1] -1:0:1:2
        tree_sizes=400

        Tree=0
        num_leaves=3
        num_cat=1
        split_feature=1 0
        split_gain=1 1
        threshold=0 0.5
        decision_type=1 10
        left_child=1 -2
        right_child=-1 -3
        leaf_value=0.1 0.2 0.3
        leaf_count=10 20 30
        internal_count=60 30
        cat_boundaries=0 1
        cat_threshold=5
        shrinkage=1


        end of trees

        \(end)
        """
    }

    private static func xgboost(_ values: String) -> String {
        """
        {"learner": {"feature_names": ["x", "g"], "feature_types": ["float", "c"],
          "gradient_booster": {"model": {
            "cats": {"enc": [{"offsets": [], "values": []}, \(values)]},
            "gbtree_model_param": {"num_trees": "1"}, "tree_info": [0],
            "trees": [{
              "categories": [1], "categories_nodes": [0], "categories_segments": [0],
              "categories_sizes": [1], "default_left": [1, 0, 0, 0, 0],
              "left_children": [1, 3, -1, -1, -1], "right_children": [2, 4, -1, -1, -1],
              "split_conditions": [1e-45, 0.5, 0.1, 0.2, 0.3],
              "split_indices": [1, 0, 0, 0, 0], "split_type": [1, 0, 0, 0, 0],
              "sum_hessian": [9, 6, 3, 2, 4],
              "tree_param": {"num_nodes": "5", "size_leaf_vector": "1"}}]
          }, "name": "gbtree"},
          "learner_model_param": {
            "base_score": "5E-1", "num_class": "0", "num_feature": "2", "num_target": "1"},
          "objective": {"name": "binary:logistic"}}, "version": [3, 0, 0]}
        """
    }

    private func model(_ text: String) throws -> ScoringModel {
        let bytes = Array(text.utf8)
        let reference = ReferencePopulation(
            description: "made up",
            logOddsQuantiles: (0...100).map { Double($0) / 10 - 8 },
            features: [:]
        )
        let files = try ImportedModel(
            try ModelFile.read(bytes),
            bytes: bytes,
            reference: reference,
            description: .init(name: "m", version: "1", event: "It fails.", horizonMonths: 6)
        ).files
        return try ScoringModel(bundle: BundleFiles(files: files))
    }

    /// Scores rows of x and g, in pieces of `step` rows.
    private func score(
        _ model: ScoringModel,
        x: [Float],
        texts: [String],
        codes: [UInt32],
        step: Int = .max
    ) throws -> ScoreColumns {
        let binding = try model.bind(columns: ["x"], textColumns: ["g"])
        let bytes = texts.map { Array($0.utf8) }
        let memory = bytes.map { UnsafeMutableRawBufferPointer.copy(of: $0) }
        defer { for text in memory { text.deallocate() } }
        return try x.withUnsafeBufferPointer { x in
            try codes.withUnsafeBufferPointer { codes in
                let column = TextColumn(texts: memory.map { .init($0) }, codes: codes)
                let block = try RowBlock(
                    rowCount: x.count,
                    columnCount: 1,
                    layout: .rowMajor,
                    values: .float32(x)
                ).with([column], count: binding.textColumnCount)
                let result = ScoreColumns()
                let workspace = ScoringWorkspace()
                var start = 0
                while start < x.count {
                    let end = start + min(step, x.count - start)
                    model.scoreRows(
                        block,
                        rows: start..<end,
                        binding: binding,
                        request: ScoreRequest(outputs: .all, issuesMaximum: 1000),
                        workspace: workspace,
                        result: result
                    )
                    start = end
                }
                return result
            }
        }
    }

    @Test("give the scores of their codes, whatever the pieces", arguments: [1, 7, 512, 513, 1300])
    func twin(step: Int) throws {
        let texts = ["", "cc", " aa", "aa", "BB", "bb", "n/a"]
        let meant: [Float] = [.nan, .nan, 2, .nan, 0, .nan, 1, .nan]
        let words = "pandas_categorical:[[\"aa\", \"bb\", \"cc\"]]"
        let model = try model(Self.lightGBM(words))
        let twin = try self.model(Self.lightGBM(""))
        var generator = SystemRandomNumberGenerator()
        let codes = (0..<1300).map { _ in UInt32.random(in: 0...7, using: &generator) }
        let x = (0..<1300).map { row -> Float in row % 11 == 0 ? .nan : Float(row % 3) - 1 }
        let values = zip(x, codes).flatMap { [$0, meant[Int($1)]] }
        let expected = try twin.score(floats: values)
        let found = try score(model, x: x, texts: texts, codes: codes, step: step)
        #expect(found.rawScores.bits == expected.rawScores.bits)
        #expect(found.probabilities.bits == expected.probabilities.bits)
        #expect(!found.hasUnscored && Set(found.rawScores).count == 3)
    }

    @Test("a text that XGBoost does not know leaves its row without a score")
    func refused() throws {
        let words = "{\"offsets\": [0, 2, 4, 6], \"values\": [97, 97, 98, 98, 99, 99]}"
        let result = try score(
            try model(Self.xgboost(words)),
            x: [0, 0, 0, 0, 0],
            texts: ["bb", "zz", "BB"],
            codes: [1, 2, 3, 0, 2]
        )
        #expect(result.outcomes == [1, 2, 2, 1, 2])
        #expect(result.issueRows == [1, 2, 4])
        #expect(result.issueKinds == [5, 5, 5])
        #expect(result.issueColumns == [2, 2, 2] && result.issueValues.allSatisfy(\.isNaN))
        #expect(result.rawScores[1].isNaN && result.probabilities[4].isNaN)
        #expect(!result.rawScores[0].isNaN && result.rawScores[0] != result.rawScores[3])
    }

    @Test("numbers stand for categories of numbers, and for no codes")
    func numbers() throws {
        let model = try model(Self.xgboost("{\"values\": [2000, 2001, 2002]}"))
        let texts = try score(
            model,
            x: [0, 0, 0, 0],
            texts: ["2001.0", "2002", "1"],
            codes: [1, 2, 0, 3]
        )
        let values = try model.score([0, 2001, 0, 2002, 0, .nan, 0, 1], columns: ["x", "g"])
        #expect(values.rawScores.bits == texts.rawScores.bits)
        #expect(values.outcomes == [1, 1, 1, 2] && texts.outcomes == [1, 1, 1, 2])
        #expect(values.rawScores[0] != values.rawScores[1])
    }

    @Test("are bound by name and kind")
    func binding() throws {
        let words = try model(Self.lightGBM("pandas_categorical:[[\"aa\", \"bb\", \"cc\"]]"))
        func code(_ columns: [String], _ texts: [String]) -> ScoringError.Code? {
            do throws(ScoringError) {
                _ = try words.bind(columns: columns, textColumns: texts)
                return nil
            } catch { return error.code }
        }
        #expect(code([], []) == nil && code(["x"], ["g"]) == nil)
        #expect(code(["x", "g"], []) == .wrongColumnKind)
        #expect(code([], ["g", "x"]) == .wrongColumnKind)
        #expect(code(["x"], ["x"]) == .duplicateColumn)
        #expect(code(["x"], []) == .missingColumn)
        #expect(code(["x"], ["g", "h"]) == .tooManyColumns)
        #expect(words.quantisation.quantiser == nil)
        #expect(words.inputColumns[1].categories?.values.count == 3)
    }

    @Test("codes and columns that do not fit are errors")
    func hostile() throws {
        let model = try model(Self.lightGBM("pandas_categorical:[[\"aa\", \"bb\", \"cc\"]]"))
        for codes in [[], [0], [0, 0, 0], [0, 3], [0, .max]] as [[UInt32]] {
            let error = #expect(throws: ScoringError.self) {
                try score(model, x: [0, 0], texts: ["aa", "bb"], codes: codes)
            }
            #expect(error?.code == .invalidCode && error?.columnIndex == 0)
        }
        let values: [Float] = [0]
        let error = #expect(throws: ScoringError.self) {
            try values.withUnsafeBufferPointer {
                _ = try RowBlock(
                    rowCount: 1,
                    columnCount: 1,
                    layout: .rowMajor,
                    values: .float32($0)
                ).with([], count: 1)
            }
        }
        #expect(error?.code == .wrongTextColumnCount)
    }

    @Test("a manifest keeps categories to the bit, and names that only bytes tell apart")
    func manifest() throws {
        let values = "[9007199254740993, 2.5, \"caf\\u00e9\", \"cafe\\u0301\", true, \"a\\\"\\n\"]"
        let text = Self.lightGBM("pandas_categorical:[\(values)]")
            .replacing("feature_names=x g", with: "feature_names=caf\u{E9} cafe\u{301}")
        let model = try model(text)
        let categories = try #require(model.manifest.features[1].categories)
        #expect(categories.values == model.inputColumns[1].categories?.values)
        #expect(categories.values[0] == .decimal(ExactText("9007199254740993")))
        #expect(categories.values[2] != categories.values[3])
        #expect(throws: Never.self) {
            try model.bind(columns: ["caf\u{E9}"], textColumns: ["cafe\u{301}"])
        }
        #expect(throws: ScoringError.self) {
            try model.bind(columns: ["cafe\u{301}"], textColumns: ["caf\u{E9}"])
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate static func copy(of bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        return memory
    }
}
