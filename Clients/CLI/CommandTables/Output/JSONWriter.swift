// SPDX-License-Identifier: Apache-2.0

// Objects and lists of JSON, with their commas.

package import CommandFiles

/// Writes one JSON document. What is opened is closed by whoever opened it.
package final class JSONWriter {
    private let sink: ByteSink
    private var needsComma = false

    /// Writes to a sink.
    package init(_ sink: ByteSink) { self.sink = sink }

    /// Writes an object.
    package func object(_ name: String? = nil, _ members: () -> Void) {
        open(name, "{", "}", members)
    }

    /// Writes a list.
    package func list(_ name: String? = nil, _ elements: () -> Void) {
        open(name, "[", "]", elements)
    }

    /// Opens a list, which `endList` closes.
    package func beginList() {
        begin(nil)
        sink.write("[")
        needsComma = false
    }

    /// Closes what `beginList` opened.
    package func endList() {
        sink.write("]")
        needsComma = true
    }

    /// Writes a text; null for nil.
    package func text(_ name: String? = nil, _ value: String?) {
        begin(name)
        if let value { sink.writeJSON(value) } else { sink.write("null") }
    }

    /// Writes a number; null for nil, and where JSON has none.
    package func number(_ name: String? = nil, _ value: Double?) {
        begin(name)
        sink.writeJSON(value ?? .nan)
    }

    /// Writes a whole number; null for nil.
    package func integer(_ name: String? = nil, _ value: Int?) {
        begin(name)
        sink.write(value.map(String.init) ?? "null")
    }

    /// Writes a number in its own digits; null for nil.
    package func digits(_ name: String? = nil, _ value: String?) {
        begin(name)
        sink.write(value ?? "null")
    }

    /// Writes a truth value; null for nil.
    package func bool(_ name: String? = nil, _ value: Bool?) {
        begin(name)
        sink.write(value.map { $0 ? "true" : "false" } ?? "null")
    }

    private func open(_ name: String?, _ first: String, _ last: String, _ body: () -> Void) {
        begin(name)
        sink.write(first)
        needsComma = false
        body()
        sink.write(last)
        needsComma = true
    }

    private func begin(_ name: String?) {
        if needsComma { sink.write(byte: UInt8(ascii: ",")) }
        needsComma = true
        guard let name else { return }
        sink.writeJSON(name)
        sink.write(byte: UInt8(ascii: ":"))
    }
}
