// SPDX-License-Identifier: Apache-2.0

// Lists of customers without numbers of companies.

import CommandFiles
import CommandTables
import Documents
import Testing
import VigieLimits

@Suite struct MatchLinesTests {
    private func lines(_ text: String, linesMax: Int = MatchLimits.linesMax) throws -> MatchLines {
        let source = ByteSource(name: "list", totalBytes: nil) { _ throws(InputError) in 0 }
        return try MatchLines(
            source.following(Array(text.utf8)),
            dialect: TableDialect(),
            linesMax: linesMax
        )
    }

    @Test func columnsAreKnownByTheirHeadings() throws {
        let list = try lines(
            "Compte;Raison sociale;Adresse;Code postal;Ville;SIREN\n"
                + "C1; Dupont SARL ;1 rue X;69001;Lyon;\nC2;Durand;;;;552100554\n"
        )
        #expect(list.lines.map(\.name) == ["Dupont SARL", "Durand"])
        let place = try #require(list.lines.first?.place)
        #expect(place.postcode == "69001" && place.town == "Lyon" && place.street == "1 rue X")
        #expect(list.lines.map(\.identifier) == ["", "552100554"])
        #expect(list.lines.map(\.line) == [2, 3])
    }

    @Test func aListWithoutNamesOrWithTooManyLinesIsRefused() {
        #expect(throws: (any Error).self) { try lines("city;zip\nLyon;69001\n") }
        #expect(throws: CommandFailure.self) { try lines("name;city\na;b\nc;d\n", linesMax: 1) }
    }
}
