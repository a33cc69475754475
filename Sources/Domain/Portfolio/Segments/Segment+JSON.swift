// SPDX-License-Identifier: Apache-2.0

// Segments as documents:
// {"format": "vigie-segment/1", "name": "large and risky",
//  "condition": "exposure_quantile >= 0.9 and class >= 7", "note": "for the committee"}

package import Documents
package import ServiceErrors
internal import VigieLimits

extension Segment {
    private static let format = "vigie-segment/1"
    private static let keys = ["format", "name", "condition", "note"]

    /// The segment as a document.
    package var json: String {
        var members: [String: JSONValue] = [
            "format": .string(Self.format), "name": .string(name),
            "condition": .string(condition),
        ]
        if !note.isEmpty { members["note"] = .string(note) }
        return JSONValue.object(members).text
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - json: What is in it.
    ///   - problems: Takes what is wrong with its form.
    /// - Returns: nil if anything is.
    /// - Throws: What is wrong with the segment in it.
    package static func read(
        json: [UInt8],
        _ problems: ProblemList
    ) throws(ServiceError) -> Segment? {
        guard json.count <= SegmentLimits.segmentDocumentBytes else {
            problems.addUnreadable(
                "",
                "has \(json.count) bytes; the limit segmentDocumentBytes is "
                    + "\(SegmentLimits.segmentDocumentBytes)."
            )
            return nil
        }
        let value: DocumentValue
        do {
            value = try DocumentValue(json: json, depthLimit: SegmentLimits.segmentDocumentDepth)
        } catch {
            problems.addUnreadable(error.place, "is not valid JSON: \(error.message).")
            return nil
        }
        let object = DocumentReader(value, problems).object(keys: keys)
        if let found = object.required("format"), found.string() != format {
            problems.addUnreadable(found.path, "must be \"\(format)\".")
        }
        let name = object.required("name")?.string() ?? ""
        let condition = object.required("condition")?.string() ?? ""
        let note = object.optional("note")?.string() ?? ""
        guard problems.problems.isEmpty else { return nil }
        return try Segment(name: name, note: note, condition: condition)
    }
}
