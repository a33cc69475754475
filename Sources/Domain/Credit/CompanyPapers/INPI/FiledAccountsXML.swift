// SPDX-License-Identifier: Apache-2.0

// Filings in XML, one after the other, so that a file of any length takes the memory of one.

internal import CreditFacts
package import Documents
package import Quantities

/// Reads filings out of XML, part by part.
package final class FiledAccountsXML {
    private let handler: Handler
    private let stream: XMLStream

    /// Begins a file.
    ///
    /// - Parameter wants: Whether a company is wanted: deliveries have all of them.
    package init(
        paper: Int32,
        findingsPerCodeMax: Int,
        wants: @escaping @Sendable (SIREN) -> Bool = { _ in true }
    ) throws(DocumentError) {
        let list = FiledAccountsList(findingsPerCodeMax: findingsPerCodeMax, wants: wants)
        handler = Handler(paper: paper, list)
        stream = try XMLStream(to: handler)
    }

    /// Reads the next part.
    ///
    /// - Throws: What is wrong with the file as XML; with the last part, that it had no filing.
    package func read(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(DocumentError) {
        try stream.read(bytes, isLast: isLast)
        if isLast, let emptiness = list.emptiness {
            throw DocumentError(code: .malformed, place: "bilans", message: emptiness)
        }
    }

    /// What was read so far.
    package var list: FiledAccountsList { handler.list }

    private final class Handler: XMLHandler {
        var list: FiledAccountsList
        private let paper: Int32
        private var cells: FiledCells?
        private var path: [String] = []
        private var page = 0
        private var text: [UInt8] = []

        init(paper: Int32, _ list: FiledAccountsList) {
            self.paper = paper
            self.list = list
        }

        func start(_ tag: XMLTag) throws(DocumentError) {
            path.append(tag.name.local)
            text.removeAll(keepingCapacity: true)
            let attribute = { (name: String) in
                tag.attributes.first { $0.name.local == name }
                    .map { String(decoding: $0.value, as: UTF8.self) }
            }
            switch tag.name.local {
            case "bilan":
                cells = FiledCells(
                    source: PaperReference(paper: paper, line: Int32(clamping: tag.line))
                )
            case "page": page = Int(attribute("numero") ?? "") ?? 0
            case "liasse":
                cells?.append(
                    page: page,
                    code: attribute("code") ?? "",
                    columns: ["m1", "m2", "m3", "m4"].map(attribute)
                )
            default: break
            }
        }

        func text(_ bytes: UnsafeRawBufferPointer, line: Int) throws(DocumentError) {
            // A field of the identity is short; anything longer is none that is read.
            if path.dropLast().last == "identite", text.count + bytes.count <= 1_024 {
                text.append(contentsOf: bytes)
            }
        }

        func end() {
            guard let name = path.popLast() else { return }
            if path.last == "identite" {
                cells?[name] = String(decoding: text, as: UTF8.self)
            } else if name == "bilan", let cells {
                list.add(cells)
                self.cells = nil
            }
        }
    }
}
