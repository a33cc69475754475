// SPDX-License-Identifier: Apache-2.0

// Files of tests in the form of the technology compatibility kit of DMN: what is given to a model,
// and what it has to answer.

package import Documents
package import FEEL
internal import VigieLimits

/// A file of tests.
package struct DecisionTestFile: Sendable {
    /// A test.
    package struct Case: Sendable {
        /// Its id; its number if it has none.
        package let id: String
        /// What it is about.
        package let description: String
        /// The line on which it begins.
        package let line: Int
        /// What is asked for: a decision by the name of each result, or a service or function.
        let callee: String?
        let inputs: [Node]
        let results: [Result]

        /// Whether it holds whatever is answered.
        package var expectsNothing: Bool {
            results.allSatisfy { $0.expected == nil && $0.says == nil }
        }
    }

    /// A value with the name of what it is for.
    struct Node: Sendable {
        let name: String
        let namespace: String?
        let value: TestValue
    }

    /// What is to be answered.
    struct Result: Sendable {
        let name: String
        let namespace: String?
        /// Nil when nothing is said of the value.
        let expected: TestValue?
        /// Whether a service of that name is asked, though the test does not say so.
        let isService: Bool
        /// Words that have to be in a message; nil if nothing is said.
        let says: String?
    }

    /// Its name.
    package let name: String
    /// The file of the model that it is for.
    package let modelName: String
    /// The tests.
    package let cases: [Case]
    /// What the model has to be refused with, when it is read strictly; nil if it has to be read.
    package let refusal: String?

    static let namespace = "http://www.omg.org/spec/DMN/20160719/testcase"
    static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
    /// The namespaces of what Vigie's own tests say beside.
    private static let own = ["urn:vigie:tests", "urn:vigie:made-up"]

    /// Reads a file.
    package init(name: String, bytes: [UInt8], zones: FEELZones = .utcOnly) throws(DocumentError) {
        self.name = name
        let root = try Self.root(bytes)
        guard root.name == "testCases", !root.isForeign else {
            throw root.unsupported("tests begin with <testCases>")
        }
        modelName = root.child("modelName")?.text ?? ""
        let expects = Self.own(root, "expect")
        if let expects, expects != "loaderror" {
            throw root.unsupported("expect=\"\(expects.prefix(40))\" is not known")
        }
        refusal = expects == nil ? nil : Self.own(root, "says") ?? ""
        var cases: [Case] = []
        for element in root.children("testCase") {
            cases.append(try Self.testCase(element, number: cases.count + 1, zones))
        }
        guard !cases.isEmpty else { throw root.malformed("there is no test") }
        self.cases = cases
    }

    private static func root(_ bytes: [UInt8]) throws(DocumentError) -> XMLElement {
        guard bytes.count <= DecisionLimits.fileBytes else {
            throw DocumentError(
                code: .unsupported,
                line: 1,
                section: "tests",
                message: "the file has more than \(DecisionLimits.fileBytes) bytes"
            )
        }
        let result = bytes.withUnsafeBytes { bytes -> Swift.Result<XMLDocument, DocumentError> in
            do throws(DocumentError) {
                return .success(
                    try XMLDocument.read(
                        bytes,
                        namespace: namespace,
                        leavingOut: ["labels", "extensionElements"],
                        elementsMax: DecisionLimits.elements,
                        keepsForeignAttributes: true
                    )
                )
            } catch {
                return .failure(error)
            }
        }
        guard let root = try result.get().root else {
            throw DocumentError(
                code: .malformed,
                line: 1,
                section: "tests",
                message: "there is no element"
            )
        }
        return root
    }

    private static func own(_ element: XMLElement, _ name: String) -> String? {
        own.lazy.compactMap { element[$0, name] }.first
    }

    private static func testCase(
        _ element: XMLElement,
        number: Int,
        _ zones: FEELZones
    ) throws(DocumentError) -> Case {
        var inputs: [Node] = []
        for input in element.children("inputNode") {
            inputs.append(
                Node(
                    name: try input.required("name"),
                    namespace: input["namespace"],
                    value: try TestValue(input, zones)
                )
            )
        }
        var results: [Result] = []
        for result in element.children("resultNode") {
            let expected = result.child("expected")
            var value: TestValue?
            if let expected { value = try TestValue(expected, zones) }
            results.append(
                Result(
                    name: try result.required("name"),
                    namespace: result["namespace"],
                    expected: value,
                    isService: result["type"] == "decisionService",
                    says: own(result, "says")
                )
            )
        }
        return Case(
            id: element["id"] ?? "\(number)",
            description: element.child("description")?.text ?? "",
            line: element.line,
            callee: (element["type"] ?? "decision") == "decision" ? nil : element["invocableName"],
            inputs: inputs,
            results: results
        )
    }
}
