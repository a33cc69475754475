// SPDX-License-Identifier: Apache-2.0

// The glossary: each term whole in both languages, found by its names.

import Assessment
import Testing

@Suite struct GlossaryTests {
    @Test func everyTermIsWhole() {
        #expect(GlossaryTerm.all.count >= 16)
        for term in GlossaryTerm.all {
            for isFrench in [true, false] {
                var texts = [
                    term.title(inFrench: isFrench), term.meaning(inFrench: isFrench),
                    term.origin(inFrench: isFrench), term.caveat(inFrench: isFrench),
                ]
                for reader in GlossaryTerm.Reader.allCases {
                    texts.append(term.advice(for: reader, inFrench: isFrench))
                }
                #expect(texts.allSatisfy { !$0.isEmpty }, "\(term.name)")
            }
            #expect(term.title(inFrench: true) != term.meaning(inFrench: true))
        }
    }

    @Test func namesAreUnique() {
        #expect(Set(GlossaryTerm.all.map(\.name)).count == GlossaryTerm.all.count)
    }

    @Test(arguments: ["dso", "DSO", "Risk class", "payment index", "jours de retard", "classe"])
    func termsAreFoundByTheirNames(_ name: String) {
        #expect(GlossaryTerm.named(name) != nil)
    }

    @Test func whatIsNoTermIsNotFound() {
        #expect(GlossaryTerm.named("") == nil)
        #expect(GlossaryTerm.named("zzz") == nil)
    }
}
