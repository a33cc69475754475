// SPDX-License-Identifier: Apache-2.0

// Nothing in a PMML document is skipped: an attribute that nobody knows is refused.

import Documents
import ModelFormats
import Testing

@Suite("PMML attributes")
struct PMMLAttributeTests {
    /// Elements that say nothing about a score, with what they hold.
    static let passedOver: Set<Substring> = [
        "Header", "Application", "Timestamp", "Annotation", "Extension", "MiningBuildTask",
        "ModelStats", "UnivariateStats", "Counts", "NumericInfo", "DiscrStats", "ContStats",
        "ModelExplanation", "ModelVerification", "Taxonomy", "InlineTable", "row", "Partition",
        "PartitionFieldStats",
    ]

    @Test("is refused wherever it stands, and named", arguments: PMMLFile.names)
    func refused(name: String) throws {
        let text = String(decoding: try PMMLFile(name).bytes, as: UTF8.self)
        var seen: Set<Substring> = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...].dropFirst()
            let element = rest.prefix { $0.isLetter }
            // Once for each element is enough.
            guard !element.isEmpty, !Self.passedOver.contains(element),
                rest.dropFirst(element.count).first.map({ " \n/>".contains($0) }) == true,
                seen.insert(element).inserted
            else { continue }
            let end = text.index(rest.startIndex, offsetBy: element.count)
            let edited = "\(text[..<end]) surprise=\"1\"\(text[end...])"
            // Inside what is passed over, or in the columns of a table, it means nothing.
            guard let error = read(edited) else {
                let isInside = Self.passedOver.contains { text[..<end].isOpen($0) }
                #expect(isInside, "<\(element)>")
                continue
            }
            #expect(error.message.contains("\"surprise\" is not known"), "<\(element)>: \(error)")
            #expect(error.code == .unsupported)
        }
        #expect(seen.count > 5)
    }

    @Test("treatments and counts that nobody knows are refused")
    func values() {
        let unknown = PMMLText.document(PMMLText.regression())
            .replacing("name=\"x\"/><M", with: "name=\"x\" missingValueTreatment=\"asIf\"/><M")
        #expect(read(unknown)?.message.contains("asIf") == true)
        let counted = PMMLText.document(PMMLText.regression())
            .replacing("<DataDictionary>", with: "<DataDictionary numberOfFields=\"5\">")
        #expect(read(counted)?.message.contains("but it has 4 fields") == true)
    }

    private func read(_ text: String) -> ModelFormatError? {
        do throws(ModelFormatError) {
            _ = try PMMLReader.read(text)
            return nil
        } catch {
            return error
        }
    }
}

extension Substring {
    /// Whether an element begins here and does not end.
    fileprivate func isOpen(_ element: Substring) -> Bool {
        guard let start = ranges(of: "<\(element)").last else { return false }
        return !self[start.upperBound...].contains("</\(element)>")
            && !self[start.upperBound...].prefix { $0 != ">" }.hasSuffix("/")
    }
}
