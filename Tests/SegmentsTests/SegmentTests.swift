// SPDX-License-Identifier: Apache-2.0

// Segments as somebody writes them: what is taken, what is refused and with which words.

import Documents
import Segments
import ServiceErrors
import Testing
import VigieLimits

@Suite struct SegmentTests {
    private func refusal(_ condition: String, name: String = "s") -> ServiceError? {
        do throws(ServiceError) {
            _ = try Segment(name: name, condition: condition)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        ("exposure_quantile >= 0.9 and class >= 7", ["class", "exposure_quantile"]),
        ("starts with(sector, \"43\") and list contains(tags, \"prospect\")", ["sector", "tags"]),
        ("\"prospect\" in tags", ["tags"]),
        ("class in [7..10]", ["class"]),
        ("not(outcome in (\"closed\", \"in_proceedings\"))", ["outcome"]),
        ("limit = null", ["limit"]),
        (
            "if currency = \"EUR\" then exposure > 50000 else exposure > 60000",
            ["exposure", "currency"]
        ),
        ("age_years between 1 and 3", ["age_years"]),
        ("true", []),
    ])
    func conditionsAreRead(_ condition: String, _ names: [String]) throws {
        let segment = try Segment(name: "s", condition: condition)
        #expect(segment.inputs.map(\.name) == names)
        #expect(segment.stepCount <= SegmentLimits.segmentConditionSteps)
    }

    @Test(arguments: [
        ("exposure >", "line 1, column"), ("turnover > 3", "turnover"), ("", "empty"),
        ("exposure", "number"), ("sector", "string"), ("sector > 4", "cannot be read"),
        ("count(for i in 1..100000 return i) > 3", "segments do not have"),
        ("some t in tags satisfies t = \"x\"", "loops or filters"),
        ("tags[item = \"x\"] = [\"x\"]", "segments do not have"),
        ("exposure ** 2 > 4", "powers"), ("matches(name, \"a+\")", "the function matches"),
        ("now() != null", "segments do not have"),
        ("(function(x) x)(1) = 1", "segments do not have"),
        ("name = \"a\u{0}\"", "NUL"),
    ])
    func conditionsAreRefused(_ condition: String, _ words: String) throws {
        let error = try #require(refusal(condition))
        #expect(error.reason == "SEGMENT_INVALID")
        #expect(error.code == .invalidArgument)
        #expect(error.metadata["field"] == "condition")
        #expect(error.message.contains(words), "\(error.message)")
    }

    @Test(arguments: ["", " a", "a ", "a\nb", String(repeating: "n", count: 129)])
    func namesAreRefused(_ name: String) throws {
        let error = try #require(refusal("true", name: name))
        #expect(error.metadata["field"] == "name")
    }

    @Test func limitsHold() throws {
        let most = String(repeating: "n", count: SegmentLimits.segmentNameBytes)
        #expect(refusal("true", name: most) == nil)
        #expect(throws: ServiceError.self) {
            let note = String(repeating: "n", count: SegmentLimits.segmentNoteBytes + 1)
            _ = try Segment(name: "s", note: note, condition: "true")
        }
        let filler = String(repeating: " ", count: SegmentLimits.segmentConditionBytes - 4)
        #expect(refusal("true" + filler) == nil)
        #expect(refusal("true " + filler)?.message.contains("segmentConditionBytes") == true)
        let long = Array(
            repeating: "class=1",
            count: SegmentLimits.segmentConditionSteps / 4 + 4
        ).joined(separator: " or ")
        #expect(long.utf8.count <= SegmentLimits.segmentConditionBytes)
        #expect(refusal(long)?.message.contains("segmentConditionSteps") == true)
    }

    @Test func documentsAreReadAgain() throws {
        let segment = try Segment(name: "é \"x\"", note: "why", condition: "class >= 7")
        let problems = ProblemList(file: "")
        let read = try #require(try Segment.read(json: Array(segment.json.utf8), problems))
        #expect(read.name == segment.name)
        #expect(read.note == segment.note)
        #expect(read.condition == segment.condition)
    }

    @Test(arguments: [
        "", "[]", "{", "{\"format\":\"vigie-segment/2\",\"name\":\"a\",\"condition\":\"true\"}",
        "{\"format\":\"vigie-segment/1\",\"name\":\"a\"}",
        "{\"format\":\"vigie-segment/1\",\"name\":\"a\",\"condition\":\"true\",\"more\":1}",
        "{\"format\":\"vigie-segment/1\",\"name\":3,\"condition\":\"true\"}",
        "{\"format\":\"vigie-segment/1\",\"name\":[[[[\"a\"]]]],\"condition\":\"true\"}",
    ])
    func documentsAreRefused(_ text: String) throws {
        let problems = ProblemList(file: "")
        #expect(try Segment.read(json: Array(text.utf8), problems) == nil)
        #expect(!problems.problems.isEmpty)
    }

    @Test func longDocumentsAreNotRead() throws {
        let problems = ProblemList(file: "")
        let bytes = [UInt8](repeating: 0x20, count: SegmentLimits.segmentDocumentBytes + 1)
        #expect(try Segment.read(json: bytes, problems) == nil)
        #expect(problems.problems.first?.message.contains("segmentDocumentBytes") == true)
        let deep = String(repeating: "[", count: SegmentLimits.segmentDocumentDepth + 1)
        let more = ProblemList(file: "")
        #expect(try Segment.read(json: Array(deep.utf8), more) == nil)
        #expect(!more.problems.isEmpty)
    }
}
