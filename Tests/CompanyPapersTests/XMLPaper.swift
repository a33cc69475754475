// SPDX-License-Identifier: Apache-2.0

// XML papers of the tests, read in parts and damaged.

import CompanyPapers
import CreditFacts
import Documents
import Testing

enum XMLPaper {
    static func invoices(_ bytes: [UInt8], partBytes: Int = .max) throws -> InvoiceList {
        let reader = try InvoicePapers(paper: 0, findingsPerCodeMax: 50)
        try feed(bytes, partBytes) { try reader.read($0, isLast: $1) }
        return reader.list
    }

    static func statements(_ bytes: [UInt8], partBytes: Int = .max) throws -> BankStatementList {
        let reader = try BankPapers(paper: 0, findingsPerCodeMax: 50)
        try feed(bytes, partBytes) { try reader.read($0, isLast: $1) }
        return reader.list
    }

    private static func feed(
        _ bytes: [UInt8],
        _ partBytes: Int,
        _ read: (UnsafeRawBufferPointer, Bool) throws -> Void
    ) throws {
        var place = 0
        repeat {
            let end = partBytes < bytes.count - place ? place + partBytes : bytes.count
            let part = Array(bytes[place..<end])
            place = end
            try part.withUnsafeBytes { try read($0, place == bytes.count) }
        } while place < bytes.count
    }

    /// A text with some parts exchanged, each of which must be there.
    static func changed(_ file: String, folder: String, _ changes: [(String, String)]) throws
        -> [UInt8]
    {
        var text = String(decoding: try Paper.bytes(file, folder: folder), as: UTF8.self)
        for (old, new) in changes {
            #expect(text.contains(old), "\(old)")
            text = text.replacing(old, with: new)
        }
        return Array(text.utf8)
    }

    /// A file with each of its bytes changed, left out, and cut off there.
    static func damaged(_ bytes: [UInt8], step: Int = 1, _ check: ([UInt8]) throws -> Void) rethrows
    {
        for place in stride(from: 0, to: bytes.count, by: step) {
            var flipped = bytes
            flipped[place] ^= place % 2 == 0 ? 0x01 : 0x08
            try check(flipped)
            var shorter = bytes
            shorter.remove(at: place)
            try check(shorter)
            try check(Array(bytes.prefix(place)))
        }
    }
}
