// SPDX-License-Identifier: Apache-2.0

// Which features the categories of a LightGBM file belong to: the right ones, or an error.

import Documents
import ModelFormats
import Testing

@Suite("LightGBM categories")
struct LightGBMCategoriesTests {
    /// What a file says of its features, and which of them have categories then: nil for an error.
    struct Case: CustomStringConvertible {
        var infos: String
        var parameter: String?
        var columns: String
        var named: [String]?
        var found: [Int]?
        var description: String { "\(infos) \(parameter ?? "-") \(columns)" }
    }

    static let cases: [Case] = [
        .init(infos: "[-1:1] -1:0:1", parameter: "1", columns: "[[\"a\",\"b\"]]", found: [1]),
        // A plain feature of whole numbers beside, which has more of them.
        .init(infos: "-1:0:1 -1:0:5", parameter: "0,1", columns: "[[\"a\",\"b\"]]", found: [0]),
        // Either could be the column.
        .init(infos: "-1:0:1 -1:1:0", parameter: "0,1", columns: "[[\"a\",\"b\"]]", found: nil),
        .init(
            infos: "-1:0:1 -1:1:0",
            parameter: "0,1",
            columns: "[[\"a\",\"b\"]]",
            named: ["f1"],
            found: [1]
        ),
        // A column of one value.
        .init(infos: "-1:0:1 none", parameter: "0,1", columns: "[[1,2],[3]]", found: [0, 1]),
        .init(infos: "none -1:0:1", parameter: "0,1", columns: "[[3],[1,2]]", found: [0, 1]),
        .init(infos: "none -1:0:1", parameter: "1", columns: "[[1,2]]", found: [1]),
        // Categories with an order are numbers to LightGBM.
        .init(infos: "[0:2] -1:0:1", parameter: "1", columns: "[[1,2,3],[5,6]]", found: [0, 1]),
        .init(infos: "[0.5:2] [0:2]", parameter: "", columns: "[[1,2,3]]", found: [1]),
        // Numbers that could be codes do not take the place of a categorical feature ...
        .init(infos: "[0:1] -1:0:1", parameter: "1", columns: "[[5,6]]", found: [1]),
        // ... unless they have all codes, and it has not.
        .init(infos: "[0:2] -1:0:1", parameter: "1", columns: "[[5,6,7]]", found: nil),
        .init(infos: "[0:3] -1:0:1", parameter: "1", columns: "[[5,6,7]]", found: [1]),
        // More columns than features that could be them, or codes beyond a column.
        .init(infos: "[-1:2] -1:0:1", parameter: "1", columns: "[[1,2],[5,6]]", found: nil),
        .init(infos: "[-1:2] -1:0:7", parameter: "1", columns: "[[1,2]]", found: nil),
        .init(infos: "-1:0:7 [-1:1]", columns: "[[1]]", named: ["f0"], found: nil),
        .init(infos: "-1:0 [-1:1]", columns: "[[1]]", named: ["f0", "f1"], found: nil),
        .init(infos: "-1:0 [-1:1]", columns: "[[1]]", named: ["other"], found: nil),
        .init(infos: "-1:0 -1:0", columns: "[[1],[2]]", named: ["f0", "f0"], found: nil),
        // Nothing is known of features: two columns of two are all of them.
        .init(infos: "", columns: "[[1],[2]]", found: [0, 1]),
        .init(infos: "", columns: "[[1]]", found: nil),
        .init(infos: "-1:0 -1:0", parameter: "0,99,-1", columns: "[[1]]", found: [0]),
        .init(infos: "-1:0:1 [-1:1]", parameter: "0", columns: "null", found: []),
        .init(infos: "-1:0:1 [-1:1]", parameter: "0", columns: "[]", found: []),
        .init(infos: "-1:0:1 [-1:1]", parameter: "0", columns: "[1]", found: nil),
        .init(infos: "-1:0:1 [-1:1]", parameter: "0", columns: "[[[1]]]", found: nil),
        .init(infos: "-1:0:1 [-1:1]", parameter: "0", columns: "{\"a\":1}", found: nil),
    ]

    @Test("columns are found, or asked for", arguments: cases)
    func found(_ each: Case) throws {
        let parameters = each.parameter.map { "\nparameters:\n[categorical_feature: \($0)]\n" }
        let text = """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            max_feature_idx=1
            objective=binary sigmoid:1
            feature_names=f0 f1
            \(each.infos.isEmpty ? "" : "feature_infos=" + each.infos)

            end of trees
            \(parameters ?? "")
            pandas_categorical:\(each.columns)

            """
        do throws(ModelFormatError) {
            let program = try LightGBMTextReader.read(
                Array(text.utf8),
                categoricalColumns: each.named
            )
            let found = program.inputs.indices.filter { program.inputs[$0].categories != nil }
            #expect(found == each.found)
        } catch {
            #expect(each.found == nil, "\(error)")
            #expect(error.place.hasSuffix("(pandas_categorical)"))
        }
    }

    @Test("the values are those of the file, and unknown texts are missing")
    func values() throws {
        let program = try LightGBMTextReader.read(ModelFile("texts.txt").bytes)
        let shown = program.inputs.map { $0.categories?.values.map(\.shown) }
        #expect(
            shown == [
                nil, ["building", "farming", "retail", ""], nil, ["2000", "2001", "2002"],
            ]
        )
        #expect(program.inputs[3].number(of: "2.001e3") == 1)
        #expect(program.inputs[3].number(of: "1").isNaN)
        #expect(program.inputs[1].number(of: "Retail").isNaN)
    }
}
