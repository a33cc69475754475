// SPDX-License-Identifier: Apache-2.0

// Notices in the XML of the DILA (PCL, RCS-A, RCS-B, BILAN), one after the other, so that a file of
// any length takes the memory of one notice and of its events.

internal import CreditFacts
package import Documents
internal import VigieLimits

/// Reads notices out of XML, part by part.
package final class NoticeXML {
    private let handler: Handler
    private let stream: XMLStream

    /// Begins a file.
    package init(paper: Int32, findingsPerCodeMax: Int) throws(DocumentError) {
        handler = Handler(paper: paper, findingsPerCodeMax: findingsPerCodeMax)
        stream = try XMLStream(to: handler)
    }

    /// Reads the next part.
    ///
    /// - Throws: Also at the end of a file of which no notice could be read.
    package func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(DocumentError) {
        try stream.read(bytes, isLast: isLast)
        if isLast, !handler.isOther { try handler.events.checkRead("the file") }
    }

    /// What was read so far.
    package var events: NoticeEvents { handler.events }

    private final class Handler: XMLHandler {
        var events: NoticeEvents
        /// Whether it is an edition without anything of a company's standing.
        private(set) var isOther = false
        private let paper: Int32
        private var head = NoticeFields.Head()
        private var notice: NoticeFields?
        /// Names of the elements that are open.
        private var path: [String] = []
        /// How many of them hold the notice, with its own.
        private var noticeDepth = 0
        private var text: [UInt8] = []
        private var isLeaf = false

        init(paper: Int32, findingsPerCodeMax: Int) {
            self.paper = paper
            events = NoticeEvents(findingsPerCodeMax: findingsPerCodeMax)
        }

        func start(_ tag: XMLTag) throws(DocumentError) {
            let name = tag.name.local.lowercased()
            let source = PaperReference(paper: paper, line: Int32(clamping: tag.line))
            text.removeAll(keepingCapacity: true)
            isLeaf = true
            if path.isEmpty { begin(name, source) }
            path.append(name)
            if notice == nil, name == "annonce" || name == "avis" {
                notice = NoticeFields(source: source, head: head)
                noticeDepth = path.count
            }
        }

        /// What the name of the root says.
        private func begin(_ name: String, _ source: PaperReference) {
            if name.hasPrefix("div") {
                isOther = true
                events.findings.add(Finding(.noticesNotRead, at: source, [name]))
            }
            head.letter = name.hasPrefix("rcs-b") ? "B" : name.hasPrefix("bilan") ? "C" : "A"
            head.family =
                name.hasPrefix("pcl") ? "collective" : name.hasPrefix("bilan") ? "dpc" : ""
        }

        func text(_ bytes: UnsafeRawBufferPointer, line: Int) throws(DocumentError) {
            guard isLeaf else { return }
            guard text.count + bytes.count <= InputLimits.recordBytesMaximum else {
                throw DocumentError(
                    code: .unsupported,
                    line: line,
                    section: path.last ?? "",
                    message: "longer than \(InputLimits.recordBytesMaximum) bytes"
                )
            }
            text.append(contentsOf: bytes)
        }

        func end() {
            defer { isLeaf = false }
            let value = isLeaf ? trimmed() : ""
            let name = path.last
            if path.count > noticeDepth, notice != nil {
                notice?.take(Array(path[noticeDepth...]), value)
            } else if let fields = notice {
                notice = nil
                give(fields)
            } else if name == "parution" {
                head.issue = value
            } else if name == "dateparution" {
                head.published = value
            }
            _ = path.popLast()
        }

        private func give(_ fields: NoticeFields) {
            guard !isOther else {
                events.counts.read += 1
                events.counts.setAside += 1
                return
            }
            events.add(fields.finished())
        }

        private func trimmed() -> String {
            let text = text.drop { $0 <= 0x20 }
            let end = text.lastIndex { $0 > 0x20 } ?? text.startIndex
            return text.isEmpty ? "" : String(decoding: text[...end], as: UTF8.self)
        }
    }
}
