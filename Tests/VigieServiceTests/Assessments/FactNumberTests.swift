// SPDX-License-Identifier: Apache-2.0

// Numbers of the protos stand for the values of the same names.

import Assessment
import AssessmentMessages
import CreditFacts
import LegalHistory
import StatementAnalysis
import Testing
import VigieProtos

@Suite struct FactNumberTests {
    /// "rj_opened" as the generated code has it: rjOpened.
    private static func camel(_ name: String) -> String {
        let parts = name.split(separator: "_")
        return parts.dropFirst().reduce(String(parts.first ?? "")) { text, part in
            text + part.prefix(1).uppercased() + part.dropFirst()
        }
    }

    /// Holds values against the cases of an enum of the protos, the first of which has no meaning.
    private func check<Value: RawRepresentable>(
        _ values: [Value],
        _ cases: [some Any]
    ) where Value.RawValue == String {
        #expect(values.map { Self.camel($0.rawValue) } == cases.dropFirst().map { "\($0)" })
    }

    @Test func namesAreTheSame() {
        check(FactNumbers.eventKinds, Vigie_V1_LegalEventKind.allCases)
        check(FactNumbers.proceedingStates, Vigie_V1_ProceedingState.allCases)
        check(FactNumbers.proceedings, Vigie_V1_Proceeding.allCases)
        check(FactNumbers.outcomes, Vigie_V1_AssessmentOutcome.allCases)
        check(FactNumbers.bases, Vigie_V1_AssessmentBasis.allCases)
        check(FactNumbers.notScorableReasons, Vigie_V1_NotScorableReason.allCases)
        check(FactNumbers.registerStates, Vigie_V1_RegisterStanding.allCases)
        check(FactNumbers.registers, Vigie_V1_CompanyRegister.allCases)
        check(FactNumbers.severities, Vigie_V1_FindingSeverity.allCases)
        check(FactNumbers.zones, Vigie_V1_ModelZone.allCases)
        check(FactNumbers.dueSources, Vigie_V1_DueSource.allCases)
        #expect(
            FactNumbers.confidences.map { "\($0)" }
                == Vigie_V1_Confidence.allCases.dropFirst().map { "\($0)" }
        )
        #expect(
            FactNumbers.forms.map { "\($0)" }
                == Vigie_V1_StatementForm.allCases.dropFirst().map { "\($0)" }
        )
        #expect(
            FactNumbers.rules.map { "\($0)" }
                == Vigie_V1_AccountingRules.allCases.dropFirst().map { "\($0)" }
        )
    }

    @Test func noValueIsForgotten() {
        #expect(Set(FactNumbers.eventKinds) == Set(LegalEventKind.allCases))
        #expect(Set(FactNumbers.proceedingStates) == Set(ProceedingState.allCases))
        #expect(Set(FactNumbers.outcomes) == Set(AssessmentOutcome.allCases))
        #expect(FactNumbers.confidences == Confidence.allCases)
        #expect(Set(FactNumbers.dueSources) == Set(DueDateSource.allCases))
        #expect(Set(FactNumbers.severities) == Set(FindingSeverity.allCases))
    }
}
