// SPDX-License-Identifier: Apache-2.0

// Tokens taken out of the bytes of their file, of which all else stays as it is: what is wrong with
// one token, which nobody may be able to mend at once, keeps no other from being revoked.

internal import Documents
package import ServiceErrors
internal import VigieLimits

/// A file of tokens without some of them.
package struct TokenRevocation: Sendable {
    /// The file as it is to be.
    package let json: [UInt8]
    /// Ids that were asked for and that no token has; nothing is to be changed then.
    package let missing: [String]
    /// Ids of tokens that were taken out although nobody named them: they were a named one again.
    package let alsoRevoked: [String]
    /// What is wrong with the tokens that are left, a sentence each with its place.
    package let problems: [String]

    /// A token as far as it can be read.
    private struct Entry {
        let identifier: String?
        let sha256: String?
        let bytes: Range<Int>
    }

    /// Takes tokens out.
    ///
    /// - Parameters:
    ///   - identifiers: Their ids.
    ///   - json: The file as it is.
    ///   - path: Its name, for messages.
    /// - Throws: INVALID_ARGUMENT when it is no JSON, or has no list of tokens.
    package init(
        of identifiers: [String],
        in json: [UInt8],
        path: String
    ) throws(ServiceError) {
        let entries = try Self.entries(json, path)
        let named = entries.filter { $0.identifier.map(identifiers.contains) ?? false }
        missing = identifiers.filter { id in !named.contains { $0.identifier == id } }
        // One that was there twice under two ids did not count the second time, and now would.
        let hashes = Set(named.compactMap(\.sha256))
        let isOut = entries.map { entry in
            entry.identifier.map(identifiers.contains) ?? false
                || entry.sha256.map(hashes.contains) ?? false
        }
        alsoRevoked = zip(entries, isOut).compactMap { entry, isOut in
            guard isOut, let id = entry.identifier, !identifiers.contains(id) else { return nil }
            return id
        }
        self.json = Self.without(isOut, entries.map(\.bytes), json)
        problems = try TokenFile.readable(json: self.json, path: path).problems
    }

    private static func entries(_ json: [UInt8], _ path: String) throws(ServiceError) -> [Entry] {
        let document = try AccessDocument.read(json, path)
        guard case .object(let object) = document, let list = object["tokens"]?.elements else {
            throw AccessDocument.bad("\(path): tokens: must be a list.")
        }
        let ranges: [Range<Int>]
        do throws(DocumentError) {
            ranges = try DocumentValue.elementRanges(
                of: "tokens",
                in: json,
                depthLimit: AccessLimits.depth
            )
        } catch {
            throw AccessDocument.bad("\(path), \(error.place): \(error.message)")
        }
        return zip(list, ranges).map { value, bytes in
            guard case .object(let members) = value else {
                return Entry(identifier: nil, sha256: nil, bytes: bytes)
            }
            return Entry(
                identifier: text(members["id"]),
                sha256: text(members["sha256"]),
                bytes: bytes
            )
        }
    }

    private static func text(_ value: DocumentValue?) -> String? {
        if case .text(let text)? = value { text } else { nil }
    }

    /// The bytes with those elements that stay, each behind what stood before it.
    private static func without(
        _ isOut: [Bool],
        _ elements: [Range<Int>],
        _ json: [UInt8]
    ) -> [UInt8] {
        guard let first = elements.first, let last = elements.last else { return json }
        var kept = Array(json[..<first.lowerBound])
        var isFirst = true
        for (index, element) in elements.enumerated() where !isOut[index] {
            if !isFirst { kept += json[elements[index - 1].upperBound..<element.lowerBound] }
            kept += json[element]
            isFirst = false
        }
        return kept + json[last.upperBound...]
    }
}
