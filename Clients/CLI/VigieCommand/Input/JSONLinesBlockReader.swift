// SPDX-License-Identifier: Apache-2.0

// JSON lines to blocks of rows. Objects may leave names out, so the value
// columns are not those of the first object but all inputs of the model; what
// an object does not name is missing. A line that is no flat object, or has a
// name or value that cannot be used, makes its row a bad row and no more.

package import CommandFiles
package import ExactTexts
internal import VigieClient

/// Reads a file of JSON lines block by block.
package final class JSONLinesBlockReader: BlockReader {
    package let valueColumns: [String]
    package let categoryColumns: [String]
    package let textColumns: [String]
    package let hasIdentifier: Bool
    private let buffer: InputBuffer
    private let roles: [String: ColumnPlan.Role]
    private let ignoresUnknown: Bool
    private var nextLine = 1
    private var lineBytes = 0

    /// Creates a reader. `inputs` are the model's inputs in order. The buffer stands behind a
    /// byte-order mark.
    package init(
        _ buffer: InputBuffer,
        choice: ColumnChoice,
        inputs: [String],
        categories: Set<ExactText> = []
    ) throws(CommandFailure) {
        self.buffer = buffer
        ignoresUnknown = choice.ignoresUnknown
        var texts: [String] = []
        if let identifier = choice.identifier {
            texts.append(identifier)
        } else if !inputs.contains("id"), try Self.firstObject(of: buffer, names: "id") {
            texts.append("id")
        }
        hasIdentifier = !texts.isEmpty
        texts += choice.kept.filter { !texts.contains($0) }
        let values = inputs.filter { !texts.contains($0) && !categories.contains($0) }
        categoryColumns = inputs.filter { !texts.contains($0) && categories.contains($0) }
        var roles: [String: ColumnPlan.Role] = [:]
        for (index, name) in values.enumerated() { roles[name] = .value(index) }
        for (index, name) in categoryColumns.enumerated() { roles[name] = .category(index) }
        for (index, name) in texts.enumerated() { roles[name] = .text(index) }
        textColumns = texts
        valueColumns = values
        self.roles = roles
    }

    package func readBlock(rowCountMaximum: Int) throws(CommandFailure) -> InputBlock? {
        var block = InputBlock(
            textColumnCount: textColumns.count,
            categoryColumnCount: categoryColumns.count
        )
        block.values.reserveCapacity(rowCountMaximum * valueColumns.count)
        block.lines.reserveCapacity(rowCountMaximum)
        while block.rowCount < rowCountMaximum, try advance() {
            let line = UnsafeRawBufferPointer(rebasing: buffer.unread[..<lineBytes])
            if line.allSatisfy({ $0 <= 0x20 }) { continue }
            appendRow(line, to: &block)
        }
        block.consumedBytes = buffer.consumedBytes
        return block.rowCount == 0 ? nil : block
    }

    /// Moves on to the next line. Returns false at the end.
    private func advance() throws(CommandFailure) -> Bool {
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
            let value = BadRow.shortened(value)
            problem = BadRow(
                row: block.rowCount,
                line: line,
                column: column,
                value: value,
                problem: text
            )
        }
        var scanner = JSONObjectScanner(bytes)
        do throws(JSONObjectScanner.SyntaxError) {
            while let (name, value) = try scanner.next() {
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
                    reject(name, text, "\"\(BadRow.shortened(text))\" is not a number")
                case (.text(let index)?, .text(let text)): texts[index] = text
                case (.text(let index)?, .number(_, let range)),
                    (.text(let index)?, .other(let range)):
                    texts[index] = String(decoding: bytes[range], as: UTF8.self)
                case (.value?, .other(let range)):
                    let text = String(decoding: bytes[range], as: UTF8.self)
                    reject(name, text, "\(BadRow.shortened(text)) is not a finite number")
                case (nil, _):
                    if !ignoresUnknown {
                        reject(name, "", "the model has no input '\(BadRow.shortened(name))'")
                    }
                }
            }
        } catch {
            reject("", "", error.message)
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

    /// Whether the first line is an object with a member `name`.
    private static func firstObject(
        of buffer: InputBuffer,
        names name: String
    ) throws(CommandFailure) -> Bool {
        var end = buffer.unread.firstIndex(of: UInt8(ascii: "\n"))
        while end == nil, try buffer.refill(line: 1) {
            end = buffer.unread.firstIndex(of: UInt8(ascii: "\n"))
        }
        let line = UnsafeRawBufferPointer(rebasing: buffer.unread[..<(end ?? buffer.unread.count)])
        var scanner = JSONObjectScanner(line)
        while let member = try? scanner.next() {
            if member.name == name { return true }
        }
        return false
    }
}
