// SPDX-License-Identifier: Apache-2.0

// Papers as they come in parts, put together.

package import ServiceErrors
package import VigieLimits
package import VigieProtos

/// The papers of a call.
package struct PaperParts: Sendable {
    /// A paper.
    package struct Paper: Sendable {
        /// Its name.
        package let name: String
        /// Its bytes.
        package var bytes: [UInt8] = []

        /// A paper of which nothing has come yet.
        package init(name: String) { self.name = name }
    }

    /// The papers so far.
    package private(set) var papers: [Paper] = []
    /// Their bytes.
    package private(set) var byteCount = 0

    /// None yet.
    package init() {}

    /// Adds a part.
    package mutating func add(
        _ part: Vigie_V1_PaperPart,
        limits: ServiceLimits
    ) throws(ServiceError) {
        let count = part.content.count
        guard count <= limits.paperPartBytesMax else {
            throw Self.tooLong("part.content", "paperPartBytesMax", count, limits.paperPartBytesMax)
        }
        byteCount += count
        guard byteCount <= limits.papersBytesMax else {
            throw Self.tooLong("part.content", "papersBytesMax", byteCount, limits.papersBytesMax)
        }
        if !part.fileName.isEmpty { try begin(part.fileName, limits) }
        guard let last = papers.indices.last else {
            throw .invalid(
                "part.file_name",
                "NO_FILE_NAME",
                "The first part has no file_name; the first part of each paper names it."
            )
        }
        papers[last].bytes += part.content
    }

    private mutating func begin(_ name: String, _ limits: ServiceLimits) throws(ServiceError) {
        guard papers.count < limits.papersMax else {
            throw Self.tooLong("part", "papersMax", papers.count + 1, limits.papersMax)
        }
        guard name.utf8.count <= limits.factTextBytesMax else {
            throw Self.tooLong(
                "part.file_name",
                "factTextBytesMax",
                name.utf8.count,
                limits.factTextBytesMax
            )
        }
        papers.append(Paper(name: name))
    }

    private static func tooLong(
        _ field: String,
        _ limit: String,
        _ value: Int,
        _ maximum: Int
    ) -> ServiceError {
        .overLimit(
            field,
            limit,
            "The papers are too many or too long (\(field)); send them in several calls.",
            value: value,
            maximum: maximum,
            code: .resourceExhausted
        )
    }
}
