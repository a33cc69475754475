// SPDX-License-Identifier: Apache-2.0

// Broken and hostile XGBoost files: a clear error that names the place, never a trap.

import Documents
import ModelFormats
import Testing

@Suite("XGBoost hostile files")
struct XGBoostHostileTests {
    /// A model of one tree of three leaves and a categorical split.
    static let sound = """
        {"learner": {
          "feature_names": ["first", "second"],
          "gradient_booster": {"model": {
            "cats": {"enc": [{"offsets": [], "values": []}, {"values": [7, 9]}]},
            "gbtree_model_param": {"num_trees": "1"},
            "tree_info": [0],
            "trees": [{
              "categories": [1], "categories_nodes": [1], "categories_segments": [0],
              "categories_sizes": [1], "default_left": [true, false, false, false, false],
              "left_children": [1, 3, -1, -1, -1], "right_children": [2, 4, -1, -1, -1],
              "split_conditions": [0.5, 1e-45, 0.1, 0.2, 0.3],
              "split_indices": [0, 1, 0, 0, 0], "split_type": [0, 1, 0, 0, 0],
              "sum_hessian": [9, 6, 3, 2, 4],
              "tree_param": {"num_nodes": "5", "size_leaf_vector": "1"}}]
          }, "name": "gbtree"},
          "learner_model_param": {
            "base_score": "5E-1", "num_class": "0", "num_feature": "2", "num_target": "1"},
          "objective": {"name": "binary:logistic"}
        }, "version": [3, 0, 0]}
        """

    static let edits: [HostileEdit] = [
        .init(find: "{\"learner\"", replace: "{\"teacher\"", message: "$: \"learner\" is missing"),
        .init(find: "binary:logistic", replace: "cubic", message: "$.learner.objective.name", true),
        .init(find: "\"gbtree\"", replace: "\"forest\"", message: "the booster \"forest\"", true),
        .init(find: "\"first\"", replace: "\"second\"", message: "a feature name appears twice"),
        .init(find: "\"first\", ", replace: "", message: "1 feature names, but num_feature is 2"),
        .init(find: "\"first\"", replace: "1", message: "feature_names[0]: must be a text, not a"),
        .init(find: "feature\": \"2", replace: "feature\": \"-2", message: "-2 features"),
        .init(
            find: "feature\": \"2\"",
            replace: "feature\": \"9999999999\"",
            message: "9999999999"
        ),
        .init(
            find: "feature\": \"2\"",
            replace: "feature\": {}",
            message: "whole number, not an ob"
        ),
        .init(find: "num_class\": \"0", replace: "num_class\": \"99999999", message: "limit", true),
        .init(
            find: "\"5E-1\"",
            replace: "\"half\"",
            message: "$.learner.learner_model_param.base_"
        ),
        .init(find: "\"5E-1\"", replace: "\"[5E-1,2E-1]\"", message: "must be a number or 1 of"),
        .init(find: "\"5E-1\"", replace: "\"[]\"", message: "must be a number or 1 of them"),
        .init(find: "\"5E-1\"", replace: "null", message: "\"base_score\" is missing"),
        .init(
            find: "num_trees\": \"1",
            replace: "num_trees\": \"2",
            message: "1 trees, but num_tre"
        ),
        .init(find: "tree_info\": [0]", replace: "tree_info\": [1]", message: "output 1 of 1"),
        .init(find: "tree_info\": [0]", replace: "tree_info\": []", message: "tree_info: "),
        .init(
            find: "tree_info\": [0]",
            replace: "tree_info\": [0.5]",
            message: "list of whole num"
        ),
        .init(
            find: "\"trees\": [{",
            replace: "\"trees\": [{}, {",
            message: "tree_info: has 1 values, not 2"
        ),
        .init(
            find: "_nodes\": \"5\"",
            replace: "_nodes\": \"4\"",
            message: "5 nodes, but num_nodes"
        ),
        .init(
            find: "_nodes\": \"5\"",
            replace: "_nodes\": \"x\"",
            message: "trees[0].tree_param.num"
        ),
        .init(find: "vector\": \"1\"", replace: "vector\": \"7\"", message: "leaves of 7 values"),
        .init(find: "[1, 3, -1", replace: "[1, 3, -7", message: "a child is node -7 of 5"),
        .init(find: "[1, 3, -1", replace: "[1, 0, -1", message: "node 0 is reached twice"),
        .init(find: "[1, 3, -1", replace: "[2, 3, -1", message: "node 2 is reached twice"),
        .init(find: "[1, 3, -1", replace: "[1, 5, -1", message: "a child is node 5 of 5"),
        .init(find: "[2, 4, -1, -1, -1]", replace: "[2, 4]", message: "has 2 values, not 5"),
        .init(
            find: "[2, 4, -1",
            replace: "[2, null, -1",
            message: "right_children: must be a list"
        ),
        .init(
            find: "[0.5, 1e-45",
            replace: "[\"0.5\", 1e-45",
            message: "must be a list of numbers"
        ),
        .init(find: "[0.5, 1e-45", replace: "[0x5, 1e-45", message: "line 11, column 28"),
        .init(find: "indices\": [0", replace: "indices\": [2", message: "tests feature 2 of 2"),
        .init(find: "indices\": [0", replace: "indices\": [-1", message: "tests feature -1 of 2"),
        .init(
            find: "categories\": [1]",
            replace: "categories\": [-1]",
            message: "from 0 to 16777215"
        ),
        .init(find: "categories\": [1]", replace: "categories\": [16777216]", message: "from 0 to"),
        .init(find: "ies\": [1]", replace: "ies\": [9999999]", message: "too high", true),
        .init(
            find: "categories_nodes\": [1]",
            replace: "categories_nodes\": [2]",
            message: "node 2 is not categorical"
        ),
        .init(find: "segments\": [0]", replace: "segments\": [1]", message: "1..<1+1 of 1"),
        .init(
            find: "segments\": [0]",
            replace: "segments\": [9223372036854775807]",
            message: "of 1"
        ),
        .init(find: "segments\": [0]", replace: "segments\": [-1]", message: "-1..<-1+1 of 1"),
        .init(find: "sizes\": [1]", replace: "sizes\": [9223372036854775807]", message: "of 1"),
        .init(find: "sizes\": [1]", replace: "sizes\": [-1]", message: "0..<0+-1 of 1"),
        .init(find: "[7, 9]", replace: "[7, 9], \"offsets\": [0, 3]", message: "enc[1].offsets"),
        .init(find: "[7, 9]", replace: "[7, 9], \"offsets\": [-1, 2]", message: "do not ascend"),
        // Bytes that XGBoost before 3.4 cut, and bytes that no version writes.
        .init(
            find: "[7, 9]",
            replace: "[-61, -87, 97], \"offsets\": [0, 2, 3]",
            message: "cut short",
            true
        ),
        .init(
            find: "[7, 9]",
            replace: "[-61, -87, 97], \"offsets\": [0, 1, 3]",
            message: "cut short",
            true
        ),
        .init(find: "{\"values\"", replace: "0, {\"values\"", message: "categories of 3 features"),
        .init(
            find: "\"name\": \"gbtree\"",
            replace: "\"name\": \"dart\", \"weight_drop\": [1, 2]",
            message: "2 weights for 1 trees"
        ),
        .init(find: "\"name\": \"gbtree\"", replace: "\"name\": 1", message: "must be a text"),
        .init(find: "\"version\"", replace: "\"learner\"", message: "\"learner\" appears twice"),
    ]

    @Test("the sound file is sound")
    func soundFile() throws {
        let program = try XGBoostReader.read(Array(Self.sound.utf8))
        #expect(program.inputs[1].categories?.values.map(\.shown) == ["7", "9"])
        let scores = ReferenceProgram(program)
        // The category of the set goes right; a missing one goes right, a missing number left.
        for (row, margin) in [
            ([0.0, 1], 0.3), ([0, 0], 0.2), ([0.5, 0], 0.1), ([.nan, .nan], 0.3),
        ] {
            #expect(scores.rawOutputs(row: row) == [Double(Float(margin))])
        }
    }

    @Test("an edited file is refused, naming the place", arguments: edits)
    func edited(edit: HostileEdit) throws {
        let text = Self.sound.replacing(edit.find, with: edit.replace, maxReplacements: 1)
        try #require(text != Self.sound)
        do throws(ModelFormatError) {
            _ = try XGBoostReader.read(Array(text.utf8))
            Issue.record("was read")
        } catch {
            #expect(error.description.contains(edit.message), "\(error)")
            #expect(error.code == (edit.isUnsupported ? .unsupported : .malformed), "\(error)")
        }
    }

    @Test("weights in the place of DART's count, whatever the booster calls itself")
    func weights() throws {
        let weighted = Self.sound.replacing(
            "\"name\": \"gbtree\"",
            with: "\"name\": \"gbtree\", \"weight_drop\": [0.5]"
        )
        let scores = ReferenceProgram(try XGBoostReader.read(Array(weighted.utf8)))
        #expect(scores.rawOutputs(row: [0, 0]) == [Double(Float(0.1))])
    }

    @Test("a file cut anywhere is refused", arguments: ["xgb_categorical.json", "xgb_onehot.ubj"])
    func truncated(name: String) throws {
        let bytes = try ModelFile(name).bytes
        for length in 0..<bytes.count {
            #expect(throws: ModelFormatError.self, "length \(length)") {
                try XGBoostReader.read(Array(bytes.prefix(length)))
            }
        }
    }

    @Test("random damage never traps", arguments: ModelFile.xgboost)
    func damaged(name: String) throws {
        var generator = SystemRandomNumberGenerator()
        let file = try ModelFile(name)
        for _ in 0..<100 {
            var damaged = file.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 1: damaged[place] = .random(in: 0...255, using: &generator)
                case 2: damaged.remove(at: place)
                default: damaged.insert(contentsOf: damaged[..<min(place, 200)], at: place)
                }
            }
            guard let program = try? XGBoostReader.read(damaged, trees: .all) else { continue }
            let row = [Double](repeating: 1, count: program.inputs.count)
            _ = ReferenceProgram(program).outputs(row: row)
        }
    }

    @Test("the old binary format is named, with the way out of it")
    func oldBinary() {
        let header = [UInt8](repeating: 0, count: 136) + [15, 0, 0, 0, 0, 0, 0, 0]
        for bytes in [Array("binf".utf8) + header, header + Array("binary:logistic".utf8)] {
            let error = #expect(throws: ModelFormatError.self) { try XGBoostReader.read(bytes) }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("save it as .json or .ubj") == true)
        }
        let error = #expect(throws: ModelFormatError.self) { try XGBoostReader.read([]) }
        #expect(error?.code == .malformed)
    }
}
