// SPDX-License-Identifier: Apache-2.0

import Quantities
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: ["732829320", "552100554", "005520135", "356000000"])
    func readsSIREN(text: String) throws {
        let siren = try SIREN(text)
        #expect(siren.description == text)
        let digits = Array(text)
        let written = [digits[0..<3], digits[3..<6], digits[6..<9]].map { String($0) }
        for blank in [" ", "\u{A0}", "\u{202F}"] {
            #expect(try SIREN(written.joined(separator: blank)) == siren)
        }
        #expect(Array(text.utf8).withUnsafeBytes { SIREN(digits: $0) } == siren)
    }

    @Test(arguments: ["", "73282932", "7328293200", "732829321", "732 829 320", "73282932O"])
    func bytesThatAreNotNineRightDigitsAreNoSIREN(text: String) {
        #expect(Array(text.utf8).withUnsafeBytes { SIREN(digits: $0) } == nil)
    }

    @Test(
        arguments: [
            ("", .length(0)), ("73282932", .length(8)), ("7328293200", .length(10)),
            ("732829321", .check), ("73282932O", .character(place: 8)),
            ("732  829 320", .character(place: 4)), (" 732829320", .character(place: 0)),
            ("732829320 ", .length(10)), ("73 2829320", .character(place: 2)),
            ("７32829320", .character(place: 0)), ("-32829320", .character(place: 0)),
            ("732.829.320", .character(place: 3)),
        ] as [(String, IdentifierError.Fault)]
    )
    func tellsWhatIsWrongWithASIREN(text: String, fault: IdentifierError.Fault) {
        let error = #expect(throws: IdentifierError.self) { try SIREN(text) }
        #expect(error?.fault == fault)
        #expect(error?.description.contains("SIREN") == true)
    }

    /// Luhn's algorithm finds every wrong digit, and every exchange of neighbours but of 0 and 9.
    @Test func everyWrongDigitIsFound() throws {
        for text in ["732829320", "552100554", "005520135"] {
            let digits = Array(text)
            for place in digits.indices {
                for wrong in "0123456789" where wrong != digits[place] {
                    var other = digits
                    other[place] = wrong
                    #expect(throws: IdentifierError.self) { try SIREN(String(other)) }
                }
                guard place > 0, digits[place] != digits[place - 1] else { continue }
                guard Set([digits[place], digits[place - 1]]) != Set("09") else { continue }
                var other = digits
                other.swapAt(place, place - 1)
                #expect(throws: IdentifierError.self) { try SIREN(String(other)) }
            }
        }
    }

    /// One of ten numbers is right, whatever the first eight digits are.
    @Test func eachStemHasOneCheckDigit() {
        for stem in stride(from: 0, to: 100_000_000, by: 99_991) {
            let digits = String(String(stem + 100_000_000).dropFirst())
            #expect((0...9).count { (try? SIREN("\(digits)\($0)")) != nil } == 1)
        }
    }

    @Test func readsSIRET() throws {
        let siret = try SIRET("732 829 320 00074")
        #expect(siret.description == "73282932000074")
        #expect(siret.siren == (try SIREN("732829320")))
        #expect(try SIRET("73282932000074") == siret)
        let wrong = [
            "73282932000075", "7328293200007", "732829320000740", "73282932 000074", "",
            "73282932000O74",
        ]
        for text in wrong {
            #expect(throws: IdentifierError.self, "\(text)") { try SIRET(text) }
        }
    }

    @Test func readsNumbersOfLaPoste() throws {
        // Its seat fits Luhn; the others need only a sum that is a multiple of 5.
        #expect(try SIRET("35600000000048").siren.number == 356_000_000)
        #expect(try SIRET("35600000049837").description == "35600000049837")
        #expect(throws: IdentifierError.self) { try SIRET("35600000049838") }
        // The exception is La Poste's alone: the digits of this number add up to 40.
        #expect(throws: IdentifierError.self) { try SIRET("73282932000004") }
    }

    @Test func readsVATNumbers() throws {
        let siren = try SIREN("732829320")
        #expect(siren.vatNumber == "FR44732829320")
        for text in ["FR44732829320", "FR 44 732829320", "FR44 732 829 320"] {
            #expect(try SIREN(vatNumber: text) == siren)
        }
        let wrong = [
            "FR45732829320", "FR44732829321", "fr44732829320", "DE44732829320", "44732829320",
            "FRXX732829320", "FR4473282932",
        ]
        for text in wrong {
            #expect(throws: IdentifierError.self, "\(text)") { try SIREN(vatNumber: text) }
        }
    }

    @Test(
        "LEIs of GLEIF itself and of companies in its examples",
        arguments: [
            "506700GE1G29325QX363", "HWUPKR0MPOU8FGXBT394", "7LTWFZYICNSX8D621K86",
            "R0MUWSFPU8MPRO8K5P83",
        ]
    )
    func readsLEI(text: String) throws {
        #expect(try LEI(text).description == text)
        let characters = Array(text)
        for place in characters.indices {
            // A letter for a digit also changes the length of the number, and may escape.
            let digits = "0123456789"
            let isDigit = digits.contains(characters[place])
            let all = isDigit ? digits : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            for wrong in all where wrong != characters[place] {
                var other = characters
                other[place] = wrong
                // MOD 97-10 finds every other digit for a digit, and letter for a letter.
                #expect(throws: IdentifierError.self) { try LEI(String(other)) }
            }
        }
        #expect(throws: IdentifierError.self) { try LEI(text.lowercased()) }
        #expect(throws: IdentifierError.self) { try LEI(text + "0") }
        #expect(throws: IdentifierError.self) { try LEI(String(text.dropLast())) }
    }

    @Test func tellsWhichCharacterOfALEIIsWrong() {
        let error = #expect(throws: IdentifierError.self) { try LEI("506700GE1G29325QX3A3") }
        #expect(error?.fault == .character(place: 18))
        #expect(error?.description.contains("character 19") == true)
    }
}
