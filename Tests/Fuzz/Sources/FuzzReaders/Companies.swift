// SPDX-License-Identifier: Apache-2.0

// Reads the input as the message of a company; what makes sense is assessed, and its facts are to
// be the same when they are written and read again.

import Assessment
import AssessmentMessages
import CreditFacts
import ProtobufCoding
import VigieApplication
import VigieLimits
import VigieProtos

private let prepared: PreparedAssessment? = {
    guard let registry = try? ModelRegistry.load(directory: nil, defaultName: nil) else {
        return nil
    }
    return try? PreparedAssessment(
        .with {
            $0.asOfDate = "2025-06-30"
            $0.reasonCount = 3
            $0.lineNames = ["FL", "DL", "HN", "CO", "EE", "BX", "DU", "GF", "FJ", "218"]
        },
        queries: AssessmentQueries(registry: registry),
        limits: ServiceLimits(),
        tellsFindings: true
    )
}()

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_companies")
func fuzzCompanies(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard let prepared else { preconditionFailure("the models of the product cannot be used") }
    guard let message = try? Vigie_V1_CompanyFacts(serializedBytes: bytes),
        let facts = try? prepared.reader.facts(message)
    else { return 0 }
    var writer = FactWriter()
    let written = writer.message(facts)
    guard let reader = try? FactReader(lineNames: writer.lineNames, limits: ServiceLimits()),
        let again = try? reader.facts(written)
    else { preconditionFailure("what was written cannot be read") }
    var second = FactWriter()
    precondition(second.message(again) == written, "what is read again is another company")
    let scratch = AssessmentScratch()
    guard let assessments = try? prepared.plan.assess([facts, again], scratch) else {
        preconditionFailure("a company was not assessed")
    }
    let answers = assessments.map { assessment in
        var writer = ProtobufWriter()
        prepared.messages.write(assessment, to: &writer)
        return writer.contents
    }
    precondition(answers.count == 2 && answers[0] == answers[1], "two answers differ")
    guard let message = try? Vigie_V1_CompanyAssessment(serializedBytes: answers[0]) else {
        preconditionFailure("an answer cannot be read")
    }
    precondition(message.serializedBytes() == answers[0], "an answer is not written as all are")
    return 0
}
