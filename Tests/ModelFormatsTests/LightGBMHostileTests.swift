// SPDX-License-Identifier: Apache-2.0

// Broken and hostile files: a clear error that names the place, never a trap.

import Documents
import Forest
import Formulas
import ModelFormats
import Testing

@Suite("LightGBM hostile files")
struct LightGBMHostileTests {
    /// A model of one tree of three leaves and a categorical split.
    static let sound = """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=1
        objective=binary sigmoid:1
        feature_names=first second
        feature_infos=[0:1] 1:2
        tree_sizes=400

        Tree=0
        num_leaves=3
        num_cat=1
        split_feature=0 1
        split_gain=1 1
        threshold=0.5 0
        decision_type=2 1
        left_child=1 -1
        right_child=-3 -2
        leaf_value=0.1 0.2 0.3
        leaf_weight=1 1 1
        leaf_count=10 20 30
        internal_value=0 0
        internal_weight=0 0
        internal_count=60 30
        cat_boundaries=0 1
        cat_threshold=6
        is_linear=0
        shrinkage=1


        end of trees

        """

    static let edits: [HostileEdit] = [
        .init(
            find: "tree\nversion",
            replace: "tres\nversion",
            message: "not a LightGBM text model"
        ),
        .init(
            find: "version=v4",
            replace: "version=v9",
            message: "version \"v9\"",
            true
        ),
        .init(
            find: "binary sigmoid:1",
            replace: "quadratic",
            message: "objective \"quadratic\"",
            true
        ),
        .init(find: "sigmoid:1", replace: "sigmoid:x", message: "sigmoid:x", true),
        .init(find: "iteration=1", replace: "iteration=2", message: "1 trees for 2 outputs"),
        .init(find: "iteration=1", replace: "iteration=0", message: "num_tree_per_iteration=0"),
        .init(find: "iteration=1", replace: "iteration=9999999", message: "from 1 to 65536"),
        .init(find: "idx=1", replace: "idx=99999999999999999999", message: "not an integer"),
        .init(find: "idx=1", replace: "idx=9223372036854775807", message: "2 feature names"),
        .init(find: "=first second", replace: "=first first", message: "appears twice"),
        .init(
            find: "label_index=0",
            replace: "num_class=1",
            message: "\"num_class\" appears twice"
        ),
        .init(find: "label_index=0", replace: "linear", message: "expected key=value"),
        .init(find: "tree_sizes=400", replace: "tree_sizes=1 2", message: "1 trees"),
        .init(find: "Tree=0", replace: "Tree=1", message: "expected \"Tree=0\""),
        .init(find: "num_leaves=3", replace: "num_leaves=2147483648", message: "num_leaves"),
        .init(
            find: "num_leaves=3",
            replace: "num_leaves=2147483647",
            message: "3 values, not 2147"
        ),
        .init(find: "num_leaves=3", replace: "num_leaves=0", message: "num_leaves=0"),
        .init(find: "num_leaves=3", replace: "num_leaves=-5", message: "num_leaves=-5"),
        .init(find: "num_leaves=3", replace: "leaves=3", message: "\"num_leaves\" is missing"),
        .init(find: "split_gain", replace: "num_cat", message: "\"num_cat\" appears twice"),
        .init(find: "num_cat=1", replace: "num_cat=2147483647", message: "num_cat=2147483647"),
        .init(find: "num_cat=1", replace: "num_cat=2", message: "\"cat_boundaries\" has 2 values"),
        .init(find: "num_cat=1", replace: "num_cat=0", message: "has no set of categories"),
        .init(find: "feature=0 1", replace: "feature=0", message: "has 1 values, not 2"),
        .init(find: "feature=0 1", replace: "feature=0 2", message: "feature 2 of 2"),
        .init(find: "feature=0 1", replace: "feature=0 -1", message: "feature -1 of 2"),
        .init(find: "threshold=0.5 0", replace: "threshold=0x1p3 0", message: "not a number"),
        .init(find: "threshold=0.5 0", replace: "threshold=half 0", message: "\"half\""),
        .init(find: "threshold=0.5 0", replace: "threshold=0.5 1", message: "no set of categories"),
        .init(find: "threshold=0.5 0", replace: "threshold=0.5 nan", message: "no set of"),
        .init(find: "decision_type=2", replace: "decision_type=12", message: "type 12"),
        .init(find: "decision_type=2", replace: "decision_type=-1", message: "type -1"),
        .init(find: "left_child=1", replace: "left_child=0", message: "split 0 is reached twice"),
        .init(find: "left_child=1 -1", replace: "left_child=-1 1", message: "not reached"),
        .init(find: "right_child=-3", replace: "right_child=-9", message: "leaf 8 of 3"),
        .init(find: "right_child=-3", replace: "right_child=7", message: "split 7 of 2"),
        .init(
            find: "right_child=-3",
            replace: "right_child=-2",
            message: "leaf 1 is reached twice"
        ),
        .init(find: "leaf_count=10", replace: "leaf_count=-10", message: "node count is -10"),
        .init(find: "boundaries=0 1", replace: "boundaries=1 1", message: "do not ascend"),
        .init(find: "boundaries=0 1", replace: "boundaries=0 -1", message: "do not ascend"),
        .init(find: "boundaries=0 1", replace: "boundaries=0 9", message: "has 1 values, not 9"),
        .init(find: "cat_threshold=6", replace: "cat_threshold=4294967296", message: "32-bit"),
        .init(find: "is_linear=0", replace: "is_linear=1", message: "\"leaf_const\" is missing"),
        .init(find: "is_linear=0", replace: "is_linear=x", message: "not an integer"),
        linear("num_features=0 0 3", "has 2 values, not 3"),
        linear("num_features=0 0 -1", "a leaf of -1 features"),
        linear("num_features=0 0 9223372036854775807", "a leaf of 9223372036854775807 features"),
        linear(
            "num_features=2147483647 2147483647 2147483647",
            "a leaf of 2147483647 features"
        ),
        linear("leaf_features=0 2", "a leaf uses feature 2 of 2"),
        linear("leaf_features=0 -1", "a leaf uses feature -1 of 2"),
        linear("leaf_coeff=1 x", "is not a number"),
        .init(find: "end of trees", replace: "end of", message: "expected key=value"),
        .init(find: "end of trees\n", replace: "", message: "ends before \"end of trees\""),
    ]

    /// The sound file with linear leaves, one line of theirs replaced.
    private static func linear(_ line: String, _ message: String) -> HostileEdit {
        let fields = [
            "leaf_const=1 2 3", "num_features=0 1 1", "leaf_features=0 1", "leaf_coeff=1 2",
        ]
        let key = line.prefix { $0 != "=" }
        let edited = fields.map { $0.hasPrefix(key) ? line : $0 }
        return .init(
            find: "is_linear=0",
            replace: "is_linear=1\n" + edited.joined(separator: "\n"),
            message: message
        )
    }

    /// Lines that LightGBM does not write, and lists that do not fit.
    static let unknown: [HostileEdit] = [
        .init(
            find: "label_index=0",
            replace: "label_index=0\nscale_factor=0.5",
            message: "\"scale_factor\" is not known",
            true
        ),
        .init(
            find: "is_linear=0",
            replace: "is_linear=0\nleaf_multiplier=2",
            message: "\"leaf_multiplier\" is not known",
            true
        ),
        .init(find: "num_class=1", replace: "num_class=3", message: "num_class=3, but num_tree"),
        .init(
            find: "binary sigmoid:1",
            replace: "binary sigmoid:1 offset:2",
            message: "the objective",
            true
        ),
        .init(
            find: "feature_infos=[0:1] 1:2",
            replace: "feature_infos=[0:1]",
            message: "1 values for 2 features"
        ),
        .init(find: "leaf_weight=1 1 1", replace: "leaf_weight=1 1", message: "2 values, not 3"),
        .init(find: "split_gain=1 1", replace: "split_gain=1 1 1", message: "3 values, not 2"),
    ]

    @Test("the sound file is sound")
    func soundFile() throws {
        let model = try LightGBMTextReader.read(Array(Self.sound.utf8))
        #expect(model.inputs.map(\.name) == ["first", "second"])
    }

    @Test("an edited file is refused, naming the place", arguments: edits + unknown)
    func edited(edit: HostileEdit) throws {
        let text = Self.sound.replacing(edit.find, with: edit.replace, maxReplacements: 1)
        try #require(text != Self.sound)
        do throws(ModelFormatError) {
            _ = try LightGBMTextReader.read(Array(text.utf8))
            Issue.record("was read")
        } catch {
            #expect(error.message.contains(edit.message), "\(error)")
            #expect(error.code == (edit.isUnsupported ? .unsupported : .malformed))
            #expect(error.place.hasPrefix("line "))
        }
    }

    @Test("an error names line and section")
    func place() throws {
        let text = Self.sound.replacing("leaf_value=0.1 0.2", with: "leaf_value=0.1 zwei")
        let error = #expect(throws: ModelFormatError.self) {
            try LightGBMTextReader.read(Array(text.utf8))
        }
        #expect(
            error?.description
                == "line 21 (tree 0): \"leaf_value\" value 2 is not a number: \"zwei\""
        )
    }

    @Test("a file cut anywhere before its end mark is refused")
    func truncated() throws {
        let text = Array(Self.sound.utf8)
        let end = text.count - "end of trees\n".utf8.count
        for length in 0...end {
            #expect(throws: ModelFormatError.self, "length \(length)") {
                try LightGBMTextReader.read(Array(text.prefix(length)))
            }
        }
    }

    @Test("a broken list of categories is refused, naming the line")
    func categories() throws {
        let text = Self.sound + "\npandas_categorical:[[\"a\", [[\n"
        let error = #expect(throws: ModelFormatError.self) {
            try LightGBMTextReader.read(Array(text.utf8))
        }
        #expect(
            error?.description.hasPrefix("line 35 (pandas_categorical): line 1, column") == true
        )
    }

    @Test("random damage never traps", arguments: ModelFile.lightGBM)
    func damaged(name: String) throws {
        var generator = SystemRandomNumberGenerator()
        let text = try ModelFile(name).bytes
        for _ in 0..<60 {
            var damaged = text
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[place] = .random(in: 0...255, using: &generator)
                case 1: damaged.remove(at: place)
                default: damaged.insert(contentsOf: damaged[..<min(place, 500)], at: place)
                }
            }
            // Most are refused; what is read must be sound, which `TreeEnsemble` guarantees.
            _ = try? LightGBMTextReader.read(damaged)
        }
    }

    @Test("numbers are read as C reads them")
    func numbers() throws {
        func threshold(_ text: String) throws -> Double {
            let edited = Self.sound.replacing("threshold=0.5 0", with: "threshold=\(text) 0")
            return try LightGBMTextReader.read(Array(edited.utf8)).trees().thresholds[0]
        }
        for text in ["1e300", "-1.7976931348623157e+308", "2.2250738585072011e-34", "0.1", "5"] {
            #expect(try threshold(text) == Double(text))
        }
        #expect(try threshold("inf") == .infinity)
        #expect(try threshold("-inf") == -.infinity)
        #expect(try threshold("nan").isNaN)
        // LightGBM takes every value within 1e-35 of 0 for 0, so these thresholds move to the edge.
        let zero = Double(Float(1e-35))
        #expect(try threshold("0") == zero)
        #expect(try threshold("-0") == zero)
        #expect(try threshold("1.0000000180025095e-35") == zero)
        #expect(try threshold("-1.0000000180025095e-35") == (-zero).nextDown)
    }
}
