// SPDX-License-Identifier: Apache-2.0

// Nothing in an XGBoost file is skipped: members that nobody knows, counts that do not fit.

import Documents
import ModelFormats
import Testing

@Suite("XGBoost members")
struct XGBoostMemberTests {
    static let edits: [HostileEdit] = [
        .init(
            find: "\"tree_info\": [0]",
            replace: "\"tree_info\": [0], \"weight_drop\": [1, 1]",
            message: "2 weights for 1 trees"
        ),
        .init(
            find: "\"name\": \"gbtree\"",
            replace: "\"name\": \"gbtree\", \"weight_drop\": 5",
            message: "must be a list"
        ),
        .init(
            find: "\"tree_info\": [0]",
            replace: "\"tree_info\": [0], \"iteration_indptr\": [0, 2]",
            message: "does not ascend from 0 to the 1 trees"
        ),
        .init(
            find: "\"num_trees\": \"1\"",
            replace: "\"num_trees\": \"1\", \"size_leaf_vector\": \"3\"",
            message: "leaves of 3 values"
        ),
        .init(
            find: "\"split_type\": [0, 1,",
            replace: "\"split_type\": [2, 1,",
            message: "2 of node 0 is neither 0 nor 1",
            true
        ),
        .init(
            find: "\"split_type\": [0, 1, 0",
            replace: "\"split_type\": [0, 0, 0",
            message: "categories: has 1 values, not 0"
        ),
        .init(
            find: "\"default_left\": [true,",
            replace: "\"default_left\": [7,",
            message: "7 of node 0 is neither 0 nor 1",
            true
        ),
        .init(
            find: "\"tree_param\"",
            replace: "\"id\": 3, \"tree_param\"",
            message: "is 3 for tre"
        ),
        .init(
            find: "\"tree_param\"",
            replace: "\"loss_changes\": [1], \"tree_param\"",
            message: "loss_changes: has 1 values, not 5"
        ),
        .init(
            find: "\"num_nodes\": \"5\"",
            replace: "\"num_nodes\": \"5\", \"num_feature\": \"9\"",
            message: "9 features, but num_feature of the model is 2"
        ),
        .init(
            find: "\"num_nodes\": \"5\"",
            replace: "\"num_nodes\": \"5\", \"num_deleted\": \"2\"",
            message: "but num_deleted is 2"
        ),
        .init(
            find: "\"categories\": [1]",
            replace: "\"categories\": [1, 2]",
            message: "2 values, of which nodes have 1"
        ),
        .init(
            find: "\"enc\":",
            replace: "\"feature_segments\": [0, 0, 3], \"enc\":",
            message: "to the 2 categories of 2 features"
        ),
        .init(
            find: "\"feature_names\"",
            replace: "\"feature_types\": [\"q\"], \"feature_names\"",
            message: "1 types for 2 features"
        ),
        .init(
            find: "\"feature_names\"",
            replace: "\"feature_types\": [\"q\", \"text\"], \"feature_names\"",
            message: "the type \"text\"",
            true
        ),
        .init(
            find: "\"binary:logistic\"",
            replace: "\"binary:logistic\", \"softmax_multiclass_param\": {\"num_class\": \"3\"}",
            message: "3 classes, but num_class of the model is 0"
        ),
        .init(
            find: "\"binary:logistic\"",
            replace:
                "\"reg:quantileerror\", \"quantile_loss_param\": {\"quantile_alpha\": \"[1,2]\"}",
            message: "2 levels for 1 outputs"
        ),
        .init(
            find: "\"feature_names\"",
            replace: "\"attributes\": {\"best_iteration\": \"soon\"}, \"feature_names\"",
            message: "best_iteration: must be a whole number"
        ),
        .init(
            find: "\"feature_names\"",
            replace: "\"learner_train_param\": {}, \"feature_names\"",
            message: "a configuration",
            true
        ),
    ]

    @Test("counts and values that do not fit are refused, naming the place", arguments: edits)
    func edited(edit: HostileEdit) throws {
        let sound = XGBoostHostileTests.sound
        let text = sound.replacing(edit.find, with: edit.replace, maxReplacements: 1)
        try #require(text != sound)
        let error = #expect(throws: ModelFormatError.self) {
            try XGBoostReader.read(Array(text.utf8))
        }
        #expect(error?.description.contains(edit.message) == true, "\(error?.description ?? "")")
        #expect(error?.code == (edit.isUnsupported ? .unsupported : .malformed))
    }

    @Test(
        "a member that nobody knows is refused wherever it stands, and named",
        arguments: [
            "xgb_v3_4_dart.json", "xgb_dart.json", "xgb_linear.json", "xgb_texts.json",
            "xgb_v1_0.json", "xgb_v3_4_quantiles.json", "xgb_v3_4_stopped.json",
        ]
    )
    func unknownMember(name: String) throws {
        let bytes = try ModelFile(name).bytes
        _ = try XGBoostReader.read(bytes, trees: .all)
        let more = Array("\"surprise\":1,".utf8)
        let notes = Array("\"attributes\":".utf8)
        var count = 0
        for place in bytes.indices where bytes[place] == UInt8(ascii: "{") {
            // An empty object has no member to put a comma before; notes are the caller's own.
            guard bytes[place + 1] == UInt8(ascii: "\""),
                !bytes[..<place].suffix(13)
                    .elementsEqual(notes)
            else { continue }
            let edited = bytes[...place] + more + bytes[(place + 1)...]
            let error = #expect(throws: ModelFormatError.self, "byte \(place)") {
                try XGBoostReader.read(Array(edited), trees: .all)
            }
            #expect(error?.place.hasSuffix(".surprise") == true, "\(error?.description ?? "")")
            #expect(error?.message.contains("\"surprise\" is not known") == true)
            count += 1
        }
        #expect(count > 3)
    }

    @Test("weights of trees count wherever XGBoost puts them")
    func weights() throws {
        let places = [
            ("\"tree_info\": [0]", "\"tree_info\": [0], \"weight_drop\": [0.5]"),
            ("\"name\": \"gbtree\"", "\"name\": \"gbtree\", \"weight_drop\": [0.5]"),
            ("\"name\": \"gbtree\"", "\"name\": \"dart\", \"weight_drop\": [0.5]"),
        ]
        for (find, replace) in places {
            let text = XGBoostHostileTests.sound.replacing(find, with: replace)
            let program = ReferenceProgram(try XGBoostReader.read(Array(text.utf8)))
            #expect(program.rawOutputs(row: [0, 0]) == [Double(Float(0.2) * 0.5)])
        }
        let twice = XGBoostHostileTests.sound
            .replacing(places[0].0, with: places[0].1)
            .replacing(places[1].0, with: places[1].1)
        #expect(throws: ModelFormatError.self) { try XGBoostReader.read(Array(twice.utf8)) }
    }

    @Test("a best iteration that is the last asks nothing")
    func lastIteration() throws {
        let text = XGBoostHostileTests.sound.replacing(
            "\"feature_names\"",
            with: "\"attributes\": {\"best_iteration\": \"0\", \"mine\": \"x\"}, \"feature_names\""
        ).replacing(
            "\"num_trees\": \"1\"",
            with: "\"num_trees\": \"1\", \"num_parallel_tree\": \"1\""
        )
        #expect(try XGBoostReader.read(Array(text.utf8)).outputs.count == 1)
    }
}
