// SPDX-License-Identifier: Apache-2.0

// A file of a model as elements, before anything is compiled.

internal import Documents
internal import ExactTexts
internal import VigieLimits

/// A file of a model.
struct SourceModel {
    /// Its name.
    let file: String
    let root: XMLElement
    /// The name and namespace that the model gives itself.
    let name: String
    let namespace: String
    /// The models that it imports, by the names that it gives them.
    var imports: [Import] = []

    /// An import, as it is written.
    struct Import {
        /// The name before the names of its elements; empty if there is none.
        let name: String
        let namespace: String
        let line: Int
        /// The place of the model among those that were read; nil until it is found.
        var model: Int?
    }

    /// The editions of the standard that are read, with their namespaces.
    static let editions = [
        (name: "1.3", namespace: "https://www.omg.org/spec/DMN/20191111/MODEL/"),
        (name: "1.4", namespace: "https://www.omg.org/spec/DMN/20211108/MODEL/"),
        (name: "1.5", namespace: "https://www.omg.org/spec/DMN/20230324/MODEL/"),
    ]

    /// What is left out: what tools keep for themselves, and where shapes are drawn.
    private static let leftOut: Set<String> = ["extensionElements", "DMNDI"]

    /// Reads a file; nil, and a problem, when it is no model.
    init?(_ file: DecisionFile, _ problems: inout DecisionProblemList) {
        let place = DecisionPlace(file: file.name)
        guard file.bytes.count <= DecisionLimits.fileBytes else {
            problems.add(
                .structure,
                place,
                "has more than \(DecisionLimits.fileBytes) bytes"
            )
            return nil
        }
        let document: XMLDocument
        do throws(DocumentError) {
            document = try Self.document(file.bytes)
        } catch {
            problems.add(.structure, place, error.description)
            return nil
        }
        guard let root = document.root, root.name == "definitions", !root.isForeign else {
            problems.add(
                .structure,
                place,
                "is no decision model: its first element has to be <definitions>"
            )
            return nil
        }
        guard document.namespaces.count == 1, let edition = document.namespaces.first,
            Self.editions.contains(where: { $0.namespace == edition })
        else {
            let seen = document.namespaces.sorted().map { "\"\(shown($0))\"" }
            problems.add(
                .structure,
                place,
                "is in the form \(seen.joined(separator: " and ")); models of DMN 1.3, 1.4 and 1.5 "
                    + "are read"
            )
            return nil
        }
        self.file = file.name
        self.root = root
        name = root["name"] ?? ""
        namespace = root["namespace"] ?? ""
        if namespace.isEmpty {
            problems.add(
                .structure,
                DecisionPlace(file: file.name, line: root.line),
                "<definitions> has no namespace"
            )
        }
    }

    private static func document(_ bytes: [UInt8]) throws(DocumentError) -> XMLDocument {
        let result = bytes.withUnsafeBytes { bytes -> Result<XMLDocument, DocumentError> in
            do throws(DocumentError) {
                return .success(
                    try XMLDocument.read(
                        bytes,
                        namespace: "https://www.omg.org/spec/DMN/",
                        leavingOut: leftOut,
                        elementsMax: DecisionLimits.elements
                    )
                )
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// A place in the file.
    func place(_ element: XMLElement) -> DecisionPlace {
        DecisionPlace(file: file, line: element.line)
    }
}

extension DecisionFile {
    /// The namespace of the model in a file, and those of what it imports; nil when it is none.
    package var namespaces: (own: String, imported: [String])? {
        var problems = DecisionProblemList()
        guard let source = SourceModel(self, &problems) else { return nil }
        let imported = source.root.children("import").compactMap { $0["namespace"] }
        return (source.namespace, imported)
    }

    /// What each decision, function and service says beside the rules of its tables: all texts of
    /// it, in order, by its name; empty when it is no model. For comparing two versions.
    package var wordings: [(name: String, text: String)] {
        var problems = DecisionProblemList()
        guard let source = SourceModel(self, &problems) else { return [] }
        let kinds = ["decision", "businessKnowledgeModel", "decisionService"]
        return source.root.children.filter { kinds.contains($0.name) }.map { element in
            var texts: [String] = []
            var open = [element]
            while let next = open.popLast() {
                if !next.text.isEmpty { texts.append(next.text) }
                open += next.children.reversed().filter { $0.name != "rule" }
            }
            return (element["name"] ?? "", texts.joined(separator: "\n"))
        }
    }
}
