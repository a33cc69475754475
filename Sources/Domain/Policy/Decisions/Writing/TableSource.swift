// SPDX-License-Identifier: Apache-2.0

// A decision table as it stands in its file: the texts of its columns and rules, and where each
// stands, so that they can be changed and everything else be left as it is, byte for byte.

internal import Documents
internal import VigieLimits

/// A decision table as it is written.
package struct TableSource: Sendable {
    /// A column.
    package struct Column: Sendable, Equatable {
        /// The kinds of columns.
        package enum Kind: String, Sendable {
            /// What is looked at.
            case input
            /// What is given.
            case output
            /// What is said of a rule.
            case annotation
        }

        /// What it is.
        package let kind: Kind
        /// What it is called: the label of an input, the name of an output or annotation.
        package internal(set) var name: String
        /// What gives the value of an input.
        package internal(set) var expression = ""
        /// The type of the values, as it is written.
        package internal(set) var type = ""
        /// The values that there may be.
        package internal(set) var values = ""
        /// What an output gives if no rule matches.
        package internal(set) var standard = ""
    }

    /// A rule.
    package struct Rule: Sendable {
        /// Its id; empty if it has none.
        package let id: String
        /// Its cells, in the order of the columns; those of annotations may be missing.
        package var cells: [String] { entries.map(\.text) }
        /// All of it.
        let whole: Range<Int>
        /// Its start tag.
        let tag: Range<Int>
        let entries: [Entry]
    }

    /// A cell of a rule.
    struct Entry: Sendable {
        /// All of it, and its start tag.
        let whole: Range<Int>
        let tag: Range<Int>
        /// All of the element with its text, and its start tag; nil if it has none.
        let textWhole: Range<Int>?
        let textTag: Range<Int>?
        let text: String
    }

    /// The file.
    package let file: DecisionFile
    /// The decision.
    package let decision: String
    /// The id of the table; empty if it has none.
    package let id: String
    /// Which of the rules that match count, with what they come to together: `COLLECT SUM`.
    package let hitPolicy: String
    /// The columns: inputs, outputs, annotations.
    package let columns: [Column]
    /// The rules.
    package let rules: [Rule]

    /// Finds the table that a decision of a file consists of.
    ///
    /// - Throws: That there is none, or that the file is not in UTF-8.
    package init(_ decision: String, in file: DecisionFile) throws(DecisionModelError) {
        let handler = TableHandler(decision)
        do throws(DocumentError) {
            let stream = try XMLStream(to: handler)
            handler.stream = stream
            let result = file.bytes.withUnsafeBytes { bytes -> Result<Void, DocumentError> in
                Result { () throws(DocumentError) in try stream.read(bytes, isLast: true) }
            }
            try result.get()
        } catch {
            throw Self.error(file, decision, "\(error)")
        }
        guard handler.isFound else { throw Self.error(file, decision, "consists of no table") }
        let rules = handler.rules
        // Where the file is in another encoding, places are none of its bytes.
        let open = UInt8(ascii: "<")
        guard rules.allSatisfy({ file.bytes[$0.whole].first == open }),
            String(validating: file.bytes, as: UTF8.self) != nil
        else { throw Self.error(file, decision, "is not in UTF-8; save the file so first") }
        (self.file, self.decision) = (file, decision)
        (id, hitPolicy) = (handler.id, handler.hitPolicy)
        let kinds: [Column.Kind] = [.input, .output, .annotation]
        columns = kinds.flatMap { kind in handler.columns.filter { $0.kind == kind } }
        self.rules = rules
    }

    private static func error(
        _ file: DecisionFile,
        _ decision: String,
        _ message: String
    ) -> DecisionModelError {
        var place = DecisionPlace(file: file.name)
        place.element = "decision \"\(shown(decision))\""
        return DecisionModelError(problems: [
            DecisionProblem(kind: .structure, place: place, message: message)
        ])
    }
}

/// Takes the table of a decision.
private final class TableHandler: XMLHandler {
    weak var stream: XMLStream?
    private(set) var isFound = false
    private(set) var id = ""
    private(set) var hitPolicy = "UNIQUE"
    private(set) var columns: [TableSource.Column] = []
    private(set) var rules: [TableSource.Rule] = []

    private let decision: String
    /// The names of the elements that are open; nil for those of other namespaces.
    private var open: [String?] = []
    /// How many of them are open when the next one is in the table itself; 0 outside.
    private var tableDepth = 0
    private var isInDecision = false
    private var text: [UInt8] = []
    private var rule: (id: String, tag: Range<Int>)?
    private var entries: [TableSource.Entry] = []
    private var entryTag: Range<Int>?
    private var textTag: Range<Int>?
    private var textPart: (whole: Range<Int>, text: String)?

    init(_ decision: String) { self.decision = decision }

    private var place: Range<Int> { stream?.place ?? 0..<0 }

    func start(_ tag: XMLTag) {
        let isOwn = tag.name.namespace.hasPrefix("https://www.omg.org/spec/DMN/")
        let name = isOwn ? tag.name.local : nil
        defer { open.append(name) }
        text = []
        if open.count == 1, name == "decision" { isInDecision = tag["name"] == decision }
        if open.count == 2, isInDecision, name == "decisionTable", !isFound {
            (isFound, tableDepth) = (true, open.count + 1)
            id = tag["id"] ?? ""
            hitPolicy = tag["hitPolicy"] ?? "UNIQUE"
            if let aggregation = tag["aggregation"] { hitPolicy += " " + aggregation }
        }
        guard tableDepth > 0, let name else { return }
        switch (open.count - tableDepth, name) {
        case (0, "input"): columns.append(.init(kind: .input, name: tag["label"] ?? ""))
        case (0, "output"):
            columns.append(.init(kind: .output, name: tag["name"] ?? tag["label"] ?? ""))
            columns[columns.count - 1].type = tag["typeRef"] ?? ""
        case (0, "annotation"): columns.append(.init(kind: .annotation, name: tag["name"] ?? ""))
        case (0, "rule"): (rule, entries) = ((tag["id"] ?? "", place), [])
        case (1, "inputExpression"): column { $0.type = tag["typeRef"] ?? "" }
        case (1, "inputEntry"), (1, "outputEntry"), (1, "annotationEntry"):
            (entryTag, textTag, textPart) = (place, nil, nil)
        case (2, "text") where rule != nil: textTag = place
        default: break
        }
    }

    private func column(_ change: (inout TableSource.Column) -> Void) {
        if !columns.isEmpty { change(&columns[columns.count - 1]) }
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {
        if tableDepth > 0 { text += bytes }
    }

    func end() {
        let name = open.popLast() ?? nil
        defer { text = [] }
        if open.count == 1 { isInDecision = false }
        guard tableDepth > 0 else { return }
        if open.count == 2 {
            tableDepth = 0
            return
        }
        guard let name else { return }
        let content = String(decoding: text.trimmedBlanks, as: UTF8.self)
        switch (open.count - tableDepth, name, open.last ?? nil) {
        case (2, "text", "inputExpression"): column { $0.expression = content }
        case (2, "text", "inputValues"), (2, "text", "outputValues"):
            column { $0.values = content }
        case (2, "text", "defaultOutputEntry"): column { $0.standard = content }
        case (2, "text", _):
            if let textTag { textPart = (whole(textTag), content) }
        case (1, "inputEntry", _), (1, "outputEntry", _), (1, "annotationEntry", _):
            guard let entryTag else { break }
            entries.append(
                TableSource.Entry(
                    whole: whole(entryTag),
                    tag: entryTag,
                    textWhole: textPart?.whole,
                    textTag: textPart == nil ? nil : textTag,
                    text: textPart?.text ?? ""
                )
            )
        case (0, "rule", _):
            guard let rule else { break }
            rules.append(
                TableSource.Rule(
                    id: rule.id,
                    whole: whole(rule.tag),
                    tag: rule.tag,
                    entries: entries
                )
            )
            self.rule = nil
        default: break
        }
    }

    /// All of an element that ends here.
    private func whole(_ tag: Range<Int>) -> Range<Int> {
        tag.lowerBound..<max(place.upperBound, tag.upperBound)
    }
}

extension XMLTag {
    /// The value of an attribute without a namespace.
    fileprivate subscript(name: String) -> String? {
        attributes.first { $0.name.local == name && $0.name.namespace.isEmpty }.map {
            String(decoding: $0.value, as: UTF8.self)
        }
    }
}

extension [UInt8] {
    /// Without blanks around them.
    fileprivate var trimmedBlanks: ArraySlice<UInt8> {
        var rest = self[...]
        while let last = rest.last, last <= 0x20 { rest.removeLast() }
        return rest.drop { $0 <= 0x20 }
    }
}
