// SPDX-License-Identifier: Apache-2.0

// The same notices in each of their forms: records in JSON and in tables, the DILA's XML.

import CompanyPapers
import CreditFacts
import Documents
import Foundation
import Quantities
import Testing

@Suite struct NoticeFormsTests {
    private func read(json: [UInt8]) throws -> NoticeEvents {
        try NoticeRecords.events(json: json, paper: 0, findingsPerCodeMax: 20)
    }

    private func read(json: String) throws -> NoticeEvents { try read(json: Array(json.utf8)) }

    private func read(table: [UInt8]) throws -> NoticeEvents {
        try NoticeRecords.events(
            table: Paper.source(table).textOfPaper(),
            paper: 0,
            findingsPerCodeMax: 20
        )
    }

    private func read(xml: [UInt8], partBytes: Int = 1 << 16) throws -> NoticeEvents {
        let reader = try NoticeXML(paper: 0, findingsPerCodeMax: 20)
        var start = 0
        repeat {
            let end = min(start + partBytes, xml.count)
            try xml[start..<end].withUnsafeBytes { try reader.read($0, isLast: end == xml.count) }
            start = end
        } while start < xml.count
        return reader.events
    }

    private func sample(_ name: String) throws -> [UInt8] {
        try Paper.bytes(name, folder: "bodacc")
    }

    /// Events without the places where they were read.
    private func facts(_ found: NoticeEvents) -> [LegalEvent] {
        found.events.map { event in
            var event = event
            event.source = PaperReference(paper: 0, line: 0)
            return event
        }
    }

    @Test func theTableIsTheSameAsTheRecords() throws {
        let json = try read(json: sample("annonces-commerciales.json"))
        let table = try read(table: sample("annonces-commerciales.csv"))
        #expect(
            facts(table) == facts(json)
                && table.corrections.map(\.corrected) == json.corrections.map(\.corrected)
        )
        #expect(table.counts == json.counts && table.counts.read == 28)
        #expect(table.findings.kept == [] && json.findings.kept == [])
    }

    @Test func everyWrappingOfRecords() throws {
        let bytes = try sample("annonces-commerciales.json")
        let expected = try read(json: bytes)
        let root = try JSONSerialization.jsonObject(with: Data(bytes))
        let records = try #require((root as? [String: Any])?["results"] as? [[String: Any]])
        let written = { (value: Any) in
            Array(try JSONSerialization.data(withJSONObject: value))
        }
        for (form, value) in [
            ("list", records), ("records", ["records": records.map { ["fields": $0] }]),
            ("records of records", ["records": records.map { ["record": ["fields": $0]] }]),
            ("a map", ["type": "x", "features": records.map { ["properties": $0] }]),
        ] as [(String, Any)] {
            let found = try read(json: written(value))
            #expect(facts(found) == facts(expected), "\(form)")
        }
        let lines = try records.map(written).joined(separator: [0x0D, 0x0A])
        #expect(facts(try read(json: Array(lines))) == facts(expected))
        #expect(facts(try read(json: [0xEF, 0xBB, 0xBF] + lines)) == facts(expected))
        // Parts of a record that are no text any more.
        let unpacked = records.map { record in
            record.mapValues { value -> Any in
                let text = (value as? String).flatMap { $0.hasPrefix("{") ? $0 : nil }
                return text.flatMap {
                    try? JSONSerialization.jsonObject(with: Data($0.utf8))
                } ?? value
            }
        }
        #expect(facts(try read(json: written(unpacked))) == facts(expected))
        #expect(try read(json: written(records[0])).events.count == 1)
    }

    /// All of the sample's notices of that file are of one issue, and of one day.
    @Test(arguments: [1 << 16, 997, 3])
    func theDILAsXMLIsTheSame(partBytes: Int) throws {
        let xml = try read(xml: sample("PCL_BXA20250133.xml"), partBytes: partBytes)
        let json = try read(json: sample("annonces-commerciales.json"))
        #expect(xml.counts.read == 11 && xml.counts.setAside == 0)
        // Two of them tell of judgments after that day.
        #expect(xml.findings.counts == [.absurdDate: 2])
        for event in xml.events {
            let isKnown = json.events.contains {
                $0.siren == event.siren && $0.kind == event.kind
                    && $0.proceeding == event.proceeding
                    && (event.decided == nil || $0.decided == event.decided)
            }
            #expect(isKnown, "\(event)")
        }
        #expect(xml.events.count == 10)
        #expect(xml.events.first?.notice == "A20250133905")
        #expect(xml.events.first?.published.description == "2025-07-11")
        #expect(Set(xml.events.suffix(2).map(\.siren.description)) == ["999101108", "999101124"])
        #expect(
            xml.corrections.map(\.corrected) == ["A20250029640", "A20250080900", "A2025004055"]
        )
    }

    private func file(_ root: String, _ notices: String, list: String = "listeAvis") -> [UInt8] {
        Array(
            ("<\(root)><parution>20250010</parution><dateParution>2025-01-15</dateParution>"
                + "<\(list)>\(notices)</\(list)></\(root)>").utf8
        )
    }

    private static let company =
        "<personnes><personne><personneMorale><numeroImmatriculation><numeroIdentification>"
        + "999 100 019</numeroIdentification></numeroImmatriculation></personneMorale></personne>"
        + "</personnes>"
    private static let head =
        "<typeAnnonce><annonce/></typeAnnonce><numeroAnnonce>7</numeroAnnonce>"

    @Test func editionsOfTheRegistries() throws {
        for (root, notice, kind, identifier) in [
            ("RCS-B_REDIFF", "<radiationAuRCS><radiationPM/></radiationAuRCS>", "struck_off", "B"),
            (
                "RCS-B_REDIFF",
                "<radiationAuRCS><commentaire>Rapport de radiation d'office</commentaire>"
                    + "</radiationAuRCS>", "strike_off_withdrawn", "B"
            ),
            (
                "RCS-B_REDIFF",
                "<modificationsGenerales><descriptif>Dissolution anticipée</descriptif>"
                    + "</modificationsGenerales>", "voluntary_dissolution", "B"
            ),
            (
                "RCS-A_IMMAT",
                "<acte><creation/><dateImmatriculation>2024-12-30</dateImmatriculation></acte>",
                "registered", "A"
            ),
            (
                "Bilan_XML_Rediff",
                "<depot><dateCloture>2024-06-30</dateCloture><typeDepot>C</typeDepot></depot>",
                "accounts_deposited", "C"
            ),
            (
                "PCL_REDIFF",
                "<jugement><famille>Extrait</famille><nature>Jugement</nature></jugement>",
                "unclear", "A"
            ),
            ("PCL_REDIFF", "<jugement/>", "unclear", "A"),
        ] {
            let text = "<avis>\(Self.head)\(Self.company)\(notice)</avis>"
            for list in ["listeAvis", "listAvis"] {
                let found = try read(xml: file(root, text, list: list))
                #expect(found.events.map(\.kind.rawValue) == [kind], "\(root)")
                #expect(found.events.first?.notice == identifier + "202500107")
                #expect(found.events.first?.siren.description == "999100019")
            }
        }
    }

    /// Who sells is named; who buys is in no trouble, and both are in the register's list.
    @Test func aSaleIsTheSellers() throws {
        let seller =
            "<precedentProprietairePM><numeroImmatriculation><numeroIdentification>999 100 027"
            + "</numeroIdentification></numeroImmatriculation></precedentProprietairePM>"
        let sale = "<acte><vente><categorieVente>Achat</categorieVente></vente></acte>"
        let both = try read(
            xml: file("RCS-A_IMMAT", "<avis>\(Self.head)\(Self.company)\(seller)\(sale)</avis>")
        )
        #expect(both.events.map(\.siren.description) == ["999100027"])
        #expect(both.events.map(\.kind) == [.businessSold])
        let one = try read(
            xml: file("RCS-A_IMMAT", "<avis>\(Self.head)\(Self.company)\(sale)</avis>")
        )
        #expect(one.events.isEmpty && one.counts.kept == 1)
        let json = try read(
            json: """
                [{"id": "A2025001", "dateparution": "2025-01-15", "familleavis": "vente",
                "registre": ["999 100 019", "999100019", "999 100 027", "999100027"],
                "listepersonnes": "{\\"personne\\": {\\"numeroImmatriculation\\": \
                {\\"numeroIdentification\\": \\"999 100 019\\"}}}", "acte": "{\\"vente\\": {}}"}]
                """
        )
        #expect(json.events.map(\.siren.description) == ["999100027"])
    }

    @Test func otherEditionsAreSaid() throws {
        let found = try read(
            xml: file("DIVA_REDIFF", "<avis>\(Self.head)\(Self.company)</avis>")
        )
        #expect(found.events.isEmpty && found.counts.setAside == 1)
        #expect(found.findings.counts == [.noticesNotRead: 1])
    }

    @Test(arguments: [
        "", "<a/>", "<PCL_REDIFF><annonces/></PCL_REDIFF>", "<PCL_REDIFF><annonces>",
        "<PCL_REDIFF><annonces><annonce/></annonces></PCL_REDIFF>",
    ])
    func nothingReadOutOfXMLIsAnError(text: String) {
        #expect(throws: DocumentError.self) { try read(xml: Array(text.utf8)) }
    }

    @Test func noDamageTraps() throws {
        let json =
            Array(
                "[{\"id\":\"A1\",\"dateparution\":\"2025-01-01\",\"registre\":[\"999100019\"],"
                    .utf8
            )
            + Array(
                "\"familleavis\":\"collective\",\"jugement\":\"{\\\"nature\\\":\\\"x\\\"}\"}]".utf8
            )
        for damaged in Paper.damaged(json, with: [0x22, 0x7B, 0x00, 0xFF, 0x39]) {
            guard let found = try? read(json: damaged) else { continue }
            #expect(
                found.counts.setAside > 0 || !found.events.isEmpty || !found.findings.kept.isEmpty
            )
        }
        let xml = file("PCL_REDIFF", "<avis>\(Self.head)\(Self.company)</avis>")
        for damaged in Paper.damaged(xml, with: [0x3C, 0x26, 0x00, 0xFF, 0x39]) {
            guard let found = try? read(xml: damaged) else { continue }
            #expect(
                found.counts.setAside > 0 || !found.events.isEmpty || !found.findings.kept.isEmpty
            )
        }
        let table = Array(
            "id;dateparution;registre;familleavis\nA1;2025-01-01;999100019;collective\n".utf8
        )
        for damaged in Paper.damaged(table, with: [0x3B, 0x22, 0x00, 0xFF, 0x39]) {
            guard let found = try? read(table: damaged) else { continue }
            #expect(
                found.counts.setAside > 0 || !found.events.isEmpty || !found.findings.kept.isEmpty
            )
        }
    }
}
