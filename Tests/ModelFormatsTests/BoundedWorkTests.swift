// SPDX-License-Identifier: Apache-2.0

// Small files that ask for much work: an error, or a model, soon.

import Documents
import ModelFormats
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Bounded work", .serialized)
struct BoundedWorkTests {
    /// Seconds of processor time for one file, in a build for debugging.
    static let secondsMaximum = 3.0

    /// Functions of which each calls the one before it twice.
    private static func doubling(_ count: Int, body: String, call: (String) -> String) -> String {
        var functions = """
            <DefineFunction name="g0" optype="continuous"><ParameterField name="x"/>\(body)
            </DefineFunction>
            """
        for number in 1..<count {
            let inner = call("g\(number - 1)")
            functions += """
                <DefineFunction name="g\(number)" optype="continuous"><ParameterField name="x"/>
                <Apply function="+">\(inner)\(inner)</Apply></DefineFunction>
                """
        }
        return PMMLText.derived(
            "<Apply function=\"g\(count - 1)\"><FieldRef field=\"x\"/></Apply>",
            functions: functions
        )
    }

    private static let reference = "<FieldRef field=\"x\"/>"

    static let documents: [(name: String, text: String)] = [
        (
            "functions that double",
            doubling(60, body: reference) { "<Apply function=\"\($0)\">\(reference)</Apply>" }
        ),
        (
            "functions that double their argument",
            doubling(40, body: reference) {
                "<Apply function=\"\($0)\"><Apply function=\"abs\">\(reference)</Apply></Apply>"
            }
        ),
        (
            "a table in functions that double",
            doubling(
                24,
                body: "<Discretize field=\"x\">"
                    + (0..<200).map {
                        """
                        <DiscretizeBin binValue="1"><Interval closure="openClosed"
                        leftMargin="\($0)" rightMargin="\($0 + 1)"/></DiscretizeBin>
                        """
                    }.joined() + "</Discretize>"
            ) { "<Apply function=\"\($0)\">\(reference)</Apply>" }
        ),
        ("classes times outputs", classes(outputs: 1_500, labels: 1_500)),
        ("siblings that are never", siblings(3_000)),
    ]

    private static func classes(outputs: Int, labels: Int) -> String {
        let model = """
            <RegressionModel functionName="classification" normalizationMethod="softmax">
            \(PMMLText.schema)<Output>\((0..<outputs).map {
                "<OutputField name=\"o\($0)\" feature=\"probability\"/>"
            }.joined())</Output>
            \((0..<labels).map {
                "<RegressionTable intercept=\"\($0)\" targetCategory=\"\($0)\"/>"
            }.joined())</RegressionModel>
            """
        return PMMLText.document(model)
    }

    /// Tests for missing values, then children that no row comes to, which each of them passes.
    private static func siblings(_ count: Int) -> String {
        let missing = (0..<count).map { _ in
            """
            <Node score="3"><SimplePredicate field="x" operator="isMissing"/></Node>
            """
        }.joined()
        let never = (0..<count).map { _ in "<Node score=\"4\"><False/></Node>" }.joined()
        return PMMLText.tree(
            "missingValueStrategy=\"none\"",
            predicate: "<SimplePredicate field=\"z\" operator=\"lessThan\" value=\"1\"/>",
            more: missing + never
        )
    }

    @Test("PMML that multiplies", arguments: documents)
    func pmml(name: String, text: String) throws {
        try expectSoon(name) { () throws(ModelFormatError) in _ = try PMMLReader.read(text) }
    }

    @Test("functions that double are refused by name")
    func named() {
        let error = #expect(throws: ModelFormatError.self) {
            try PMMLReader.read(Self.documents[0].text)
        }
        #expect(error?.message.contains("its functions, fields and lists expand") == true)
    }

    @Test("XGBoost nodes that share one list of categories")
    func categories() throws {
        let count = 4_000
        let nodes = 2 * count + 1
        func list(_ value: (Int) -> Int) -> String {
            (0..<nodes).map { "\(value($0))" }.joined(separator: ",")
        }
        // A chain: inner nodes are the even ones, each with a leaf and the next.
        let isLeaf: (Int) -> Bool = { $0 % 2 == 1 || $0 == nodes - 1 }
        let tree = """
            {"left_children": [\(list { isLeaf($0) ? -1 : $0 + 1 })],
             "right_children": [\(list { isLeaf($0) ? -1 : $0 + 2 })],
             "split_indices": [\(list { _ in 0 })], "split_conditions": [\(list { _ in 1 })],
             "default_left": [\(list { _ in 0 })], "split_type": [\(list { isLeaf($0) ? 0 : 1 })],
             "categories": [\((0..<count).map { "\($0)" }.joined(separator: ","))],
             "categories_nodes": [\((0..<count).map { "\(2 * $0)" }.joined(separator: ","))],
             "categories_segments": [\((0..<count).map { _ in "0" }.joined(separator: ","))],
             "categories_sizes": [\((0..<count).map { _ in "\(count)" }.joined(separator: ","))],
             "tree_param": {"num_nodes": "\(nodes)"}}
            """
        let text = """
            {"learner": {"gradient_booster": {"name": "gbtree", "model": {"trees": [\(tree)],
             "tree_info": [0]}}, "objective": {"name": "reg:squarederror"},
             "learner_model_param": {"base_score": "0", "num_class": "0", "num_feature": "1"}}}
            """
        let error = try expectSoon("categories") { () throws(ModelFormatError) in
            _ = try XGBoostReader.read(Array(text.utf8))
        }
        #expect(error?.message.contains("of \(count)") == true)
    }

    @Test("ONNX nodes that read one large tensor again and again")
    func reads() throws {
        var writer = ONNXWriter()
        writer.addTensor("s", [100_000], (0..<100_000).map { _ in 1 })
        for _ in 0..<20_000 { writer.addNode("ConstantOfShape", inputs: ["s"]) }
        _ = try expectSoon("reads") { () throws(ModelFormatError) in
            _ = try readONNX(writer.bytes)
        }
    }

    /// Runs a reader; gives the error that it may throw.
    @discardableResult
    private func expectSoon(
        _ name: String,
        _ read: () throws(ModelFormatError) -> Void
    ) throws -> ModelFormatError? {
        let start = clock()
        defer {
            let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
            #expect(seconds < Self.secondsMaximum, "\(name): \(seconds) s")
        }
        do throws(ModelFormatError) {
            try read()
            return nil
        } catch {
            return error
        }
    }
}
