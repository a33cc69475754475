// SPDX-License-Identifier: Apache-2.0

// JSON lines to blocks of rows. Objects may leave names out, so the value
// columns are not those of the first object but all inputs of the model; what
// an object does not name is missing. A line that is no flat object, or has a
// name or value that cannot be used, makes its row a bad row and no more.

package import Documents
internal import VigieClient

/// Reads a file of JSON lines block by block.
package final class JSONLinesBlockReader: BlockReader {
    package let valueColumns: [String]
    package let categoryColumns: [String]
    package let textColumns: [String]
    package let hasIdentifier: Bool
    private let buffer: InputBuffer
    private let roles: [String: ColumnPlan.Role]
    private let names: [String: String]
    private let ignoresUnknown: Bool
    private let parser: NumberParser
    private var nextLine = 1
    private var lineBytes = 0
    private var seen: Set<String> = []

    /// Creates a reader. `inputs` are the model's inputs in order. The buffer stands behind a
    /// byte-order mark.
    package init(
        _ buffer: InputBuffer,
        options: TableOptions = TableOptions(),
        choice: ColumnChoice = ColumnChoice(),
        inputs: [TableInput]
    ) throws(InputError) {
        self.buffer = buffer
        ignoresUnknown = choice.ignoresUnknown
        parser = NumberParser(options.dialect.numbers)
        let start = try JSONLinesStart(buffer, mappings: options.mappings)
        names = start.names
        var texts: [String] = []
        if let identifier = choice.identifier {
            texts.append(identifier)
        } else if !inputs.contains(where: { $0.name == "id" }),
            !start.isWhole || start.members.contains("id")
        {
            // Any line may bring one, so there is a place for it on all.
            texts.append("id")
        }
        hasIdentifier = !texts.isEmpty
        texts += choice.kept.filter { !texts.contains($0) }
        let known = Set(inputs.map(\.name))
        let unknown = start.members.filter { !known.contains($0) && !texts.contains($0) }
        if choice.keepsAll {
            texts += unknown
        } else if case let unknown = unknown.filter(start.isUsual), !unknown.isEmpty,
            !choice.ignoresUnknown
        {
            throw UnknownColumns.error(
                unknown,
                inputs: inputs,
                taken: known.intersection(start.members),
                hasIdentifier: choice.identifier != nil || start.members.contains("id"),
                source: buffer.source.name
            ).error
        }
        openingNotices = ColumnPlan.notices(keptInputs: texts.filter(known.contains))
        let sent = inputs.filter { !texts.contains($0.name) }
        let values = sent.filter { !$0.isCategory }.map(\.name)
        categoryColumns = sent.filter(\.isCategory).map(\.name)
        var roles: [String: ColumnPlan.Role] = [:]
        for (index, name) in values.enumerated() { roles[name] = .value(index) }
        for (index, name) in categoryColumns.enumerated() { roles[name] = .category(index) }
        for (index, name) in texts.enumerated() { roles[name] = .text(index) }
        textColumns = texts
        valueColumns = values
        self.roles = roles
    }

    package let openingNotices: [String]

    package var closingNotices: [String] { [] }

    package var summary: [String] { ["one JSON object on each line"] }

    package func readBlock(rowCountMaximum: Int) throws(InputError) -> InputBlock? {
        var block = InputBlock(
            textColumnCount: textColumns.count,
            categoryColumnCount: categoryColumns.count
        )
        block.values.reserveCapacity(rowCountMaximum * valueColumns.count)
        block.lines.reserveCapacity(rowCountMaximum)
        while block.rowCount < rowCountMaximum, try advance() {
            let line = UnsafeRawBufferPointer(rebasing: buffer.unread[..<lineBytes])
            if line.allSatisfy({ $0 <= 0x20 || $0 == 0x1A }) { continue }
            appendRow(line, to: &block)
        }
        block.consumedBytes = buffer.consumedBytes
        return block.rowCount == 0 ? nil : block
    }

    /// Moves on to the next line. Returns false at the end.
    private func advance() throws(InputError) -> Bool {
        buffer.consume(lineBytes)
        lineBytes = 0
        var searched = 0
        while true {
            let unread = buffer.unread
            if let end = unread[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                lineBytes = end + 1
                nextLine += 1
                return true
            }
            searched = unread.count
            if try !buffer.refill(line: nextLine) {
                lineBytes = searched
                nextLine += 1
                return searched > 0
            }
        }
    }

    private func appendRow(_ bytes: UnsafeRawBufferPointer, to block: inout InputBlock) {
        let line = nextLine - 1
        let firstValue = block.values.count
        block.values.append(contentsOf: repeatElement(.nan, count: valueColumns.count))
        var texts = [String](repeating: "", count: textColumns.count)
        var categories = [String?](repeating: nil, count: categoryColumns.count)
        var problem: BadRow?
        func reject(_ column: String, _ value: String, _ text: String) {
            guard problem == nil else { return }
            problem = BadRow(
                row: block.rowCount,
                line: line,
                column: column,
                value: shortened(value),
                problem: text
            )
        }
        seen.removeAll(keepingCapacity: true)
        var scanner = JSONObjectScanner(bytes)
        do throws(JSONFault) {
            while let (member, value) = try scanner.next() {
                let name = names[member] ?? member
                guard seen.insert(name).inserted else {
                    reject(name, "", "the object has '\(shortened(name))' twice")
                    continue
                }
                switch (roles[name], value) {
                case (.value(let index)?, .number(let number, _)):
                    block.values[firstValue + index] = number
                case (.value?, .missing), (.text?, .missing), (.category?, .missing),
                    (.ignored?, _):
                    break
                case (.category(let index)?, .text(let text)): categories[index] = text
                case (.category(let index)?, .number(_, let range)):
                    categories[index] = String(decoding: bytes[range], as: UTF8.self)
                case (.category(let index)?, .other(let range)):
                    let text = String(decoding: bytes[range], as: UTF8.self)
                    categories[index] = text
                    if text != "true" && text != "false" {
                        reject(name, text, "the cell holds no text, number, true or false")
                    }
                case (.value?, .text(let text)):
                    if isMissingWord(text) { break }
                    reject(name, text, "\"\(shortened(text))\" is not a number")
                case (.text(let index)?, .text(let text)): texts[index] = text
                case (.text(let index)?, .number(_, let range)),
                    (.text(let index)?, .other(let range)):
                    texts[index] = String(decoding: bytes[range], as: UTF8.self)
                case (.value?, .other(let range)):
                    let text = String(decoding: bytes[range], as: UTF8.self)
                    reject(name, text, "\(shortened(text)) is not a finite number")
                case (nil, _):
                    if !ignoresUnknown {
                        reject(name, "", "the model has no input '\(shortened(name))'")
                    }
                }
            }
        } catch {
            reject("", "", "no JSON object: \(error.message) at byte \(error.offset + 1)")
        }
        if let problem {
            for index in firstValue..<block.values.count { block.values[index] = .nan }
            block.badRows.append(problem)
        }
        for (index, text) in texts.enumerated() { block.texts[index].append(text) }
        for (index, text) in categories.enumerated() { block.categories[index].append(text) }
        block.lines.append(line)
        block.rowCount += 1
    }

    /// Whether a text is one of the words that the caller gave for missing values.
    private func isMissingWord(_ text: String) -> Bool {
        guard !parser.style.missingWords.isEmpty else { return false }
        return Array(text.utf8).withUnsafeBytes { parser.isMissingWord($0) }
    }
}
