// SPDX-License-Identifier: Apache-2.0

// Exports in the shapes in which people hold them, and what is to be said of those that are broken.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct LedgerShapeTests {
    @Test func anEcheancier() throws {
        let export = try LedgerText.read(
            """
            Échéancier clients au 31/12/2025
            N° compte tiers;Intitulé;Date pièce;N° pièce;Date échéance;Débit;Crédit;Lettrage;Type
            C001;Béton;03/11/2025;F1;03/12/2025;1 200,00;;A;Facture
            C001;Béton;05/12/2025;R1;;;1 200,00;A;Règlement
            C001;Béton;04/11/2025;F2;04/12/2025;500,00;;;Facture
            C001;Béton;10/12/2025;AV1;;;80,00;;Avoir
            Total C001;;;;;1 700,00;1 280,00;;
            C002;Total Énergies;01/02/2025;F3;01/03/2025;10,00;;;Facture

            """
        )
        #expect(export.profile == "sage_echeancier" && export.counts.kept == 5)
        #expect(
            LedgerText.told(export) == [
                "F1 2025-11-03 2025-12-03 120000 open 0 2025-12-05 120000",
                "F2 2025-11-04 2025-12-04 50000 open 50000",
                "F3 2025-02-01 2025-03-01 1000 open 1000",
                "credit 2025-12-10 8000",
            ]
        )
        #expect(export.parties.map(\.name) == ["Béton", "Total Énergies"])
        #expect(export.findings.counts == [.linesSkipped: 1])
    }

    /// A customer may be called like a total: what has a date is a record.
    @Test func aCustomerCalledTotal() throws {
        let export = try LedgerText.read(
            "customer,invoice,due,amount\nTotal SA,F1,2025-01-01,5\nTotal,,,5\nTotal SA,F2,,7\n"
        )
        #expect(export.counts.read == 1 && export.findings.counts[.linesSkipped] == 2)
    }

    @Test func aListOfSAPWithFrames() throws {
        let head = "| Customer|DocumentNo|Type|Doc. Date |Net due dt| Amt in loc.cur.|LCurr|"
        let rule = "---------------------------------------------------------------------"
        let export = try LedgerText.read(
            [
                "Customer Line Item Display", rule, head, rule,
                "|   100001|18000003 |RV  |11/03/2025|12/03/2025|      12,000.00 |EUR  |",
                "|   100001|16000003 |DG  |11/13/2025|          |         450.50-|EUR  |",
                "| *       |         |    |          |          |      11,549.50 |EUR  |", rule,
                head,
                "|   100002|18000004 |RV  |11/03/2025|12/31/2025|         600.00 |USD  |",
                "| **      |         |    |          |          |      12,149.50 |     |", rule,
            ]
            .joined(separator: "\r\n")
        )
        #expect(export.profile == "sap_fbl5n" && export.counts.kept == 3)
        #expect(export.counts.setAside == 0)
        #expect(
            LedgerText.told(export) == [
                "18000003 2025-11-03 2025-12-03 1200000 open 1200000",
                "18000004 2025-11-03 2025-12-31 60000 open 60000", "credit 2025-11-13 45050",
            ]
        )
        #expect(export.invoices.map { $0.currency?.code } == ["EUR", "USD"])
        #expect(export.findings.counts == [.linesSkipped: 3, .dateOrderDecided: 1])
        let told = export.findings.kept.first { $0.code == .dateOrderDecided }
        #expect(told?.values.last == "2025-11-03")
    }

    @Test func aTableOfSAPWithSigns() throws {
        let export = try LedgerText.read(
            """
            KUNNR;BELNR;BLART;BLDAT;BUDAT;SHKZG;DMBTR;HWAER;AUGDT;AUGBL;REBZG;FAEDT
            1;10;RV;20250103;20250103;S;100.00;EUR;00000000;;;20250202
            1;11;RG;20250110;20250110;H;40.00;EUR;00000000;;10;00000000
            1;12;RV;20250103;20250103;S;70.00;EUR;20250301;99;;20250202
            1;13;DZ;20250227;20250227;H;50.00;EUR;20250301;99;;00000000
            1;14;RV;20250105;20250105;S;33.00;EUR;20250106;98;;20250204
            1;15;RV;20250106;20250106;H;33.00;EUR;20250106;98;;00000000

            """
        )
        #expect(export.counts.leftOut == 2)
        // What was cleared without its payment in the list was paid when it was cleared.
        #expect(
            LedgerText.told(export) == [
                "10 2025-01-03 2025-02-02 10000 open 6000",
                "12 2025-01-03 2025-02-02 7000 open 0 2025-02-27 5000 2025-03-01 2000",
            ]
        )
        #expect(export.invoices.first?.credited == 4_000)
    }

    @Test func odooInFrench() throws {
        let export = try LedgerText.read(
            """
            Date,Numéro,Partenaire,Date d'échéance,Débit,Crédit,Montant résiduel,Statut,Compte
            2025-11-03,FAC/1,Alpha,2025-12-03,120.00,0.00,120.00,Comptabilisé,411100 Clients
            2025-11-03,FAC/1,Alpha,2025-12-03,0.00,100.00,0.00,Comptabilisé,707000 Ventes
            2025-11-03,FAC/2,Alpha,2026-01-02,60.00,0.00,60.00,Brouillon,411100 Clients
            2025-11-03,FAC/3,Alpha,2025-12-03,40.00,0.00,40.00,Comptabilisé,411100 Clients
            2025-11-03,FAC/3,Alpha,2026-01-02,40.00,0.00,40.00,Comptabilisé,411100 Clients

            """
        )
        // An invoice with two terms is two lines.
        #expect(export.profile == "odoo" && export.invoices.map(\.open) == [12_000, 4_000, 4_000])
        #expect(export.counts.leftOut == 2)
    }

    @Test func paidIsADateOrAnAmount() throws {
        let dates = try LedgerText.read(
            "customer,invoice,issued,due,paid,amount\nA,1,2025-01-01,2025-01-31,2025-02-10,100.00\n"
                + "A,2,2025-01-01,2025-01-31,,100.00\n"
        )
        let first = "1 2025-01-01 2025-01-31 10000 open 0 2025-02-10 10000"
        let second = "2 2025-01-01 2025-01-31 10000 open 10000"
        #expect(LedgerText.told(dates) == [first, second])
        let amounts = try LedgerText.read(
            "client;facture;date;échéance;payé;montant\nA;1;2025-01-01;2025-01-31;40,00;100,00\n"
        )
        #expect(amounts.invoices.first?.open == 6_000 && amounts.invoices.first?.credited == 4_000)
        #expect(amounts.findings.counts == [.settledWithoutDate: 1])
    }

    @Test func creditsGoWhereTheySayAndNowhereElse() throws {
        let export = try LedgerText.read(
            """
            customer,type,number,date,due,amount,matched_to,currency
            C1,invoice,F1,2025-01-01,2025-01-31,100.00,,EUR
            C2,invoice,F2,2025-01-01,2025-01-31,100.00,,EUR
            C1,payment,P1,2025-02-01,,30.00,F2,EUR
            C1,payment,P2,2025-02-01,,150.00,F1,EUR
            C1,payment,P3,2025-02-01,,20.00,F1,USD
            C1,invoice,F4,2025-01-01,2025-01-31,50.00,,EUR
            C1,invoice,F4,2025-01-05,2025-01-31,-50.00,,EUR

            """
        )
        #expect(
            LedgerText.told(export) == [
                "F1 2025-01-01 2025-01-31 10000 open 0 2025-02-01 10000",
                "F2 2025-01-01 2025-01-31 10000 open 10000", "credit 2025-02-01 3000 payment",
                "credit 2025-02-01 5000 payment", "credit 2025-02-01 2000 payment",
            ]
        )
        // Another customer's, and another currency's, is none of the paper's.
        #expect(export.findings.counts == [.matchNotFound: 2] && export.counts.leftOut == 2)
    }

    @Test func badRecordsAreSetAside() throws {
        let export = try LedgerText.read(
            """
            customer,invoice,due,amount,currency
            A,1,2025-01-31,10,EUR
            A,2,2025-02-30,10,EUR
            A,3,2025-01-31,x,EUR
            ,4,2025-01-31,10,EUR
            A,5,2025-01-31,,EUR
            A,6,2025-01-31,10
            A,7,2025-01-31,10,EUR,x
            A,8,2025-01-31,10,EURO
            A,"9,2025-01-31,10,EUR
            A,10,2025-01-31,0,EUR
            A,11,2025-01-31,99999999999999,EUR
            A,,,10,EUR
            A,12,2025-01-31,11,EUR,

            """
        )
        #expect(export.counts.read == 13 && export.counts.kept == 2 && export.counts.leftOut == 1)
        #expect(
            export.findings.kept.map { "\($0.source.line) \($0.code.rawValue) \($0.field)" } == [
                "3 bad_date due", "4 bad_amount amount", "5 missing_value customer",
                "6 missing_value amount", "7 too_few_cells ", "8 too_many_cells ",
                "9 missing_value currency", "10 broken_quotes ", "11 zero_lines amount",
                "12 bad_amount amount", "13 missing_value due",
            ]
        )
        #expect(export.findings.kept.allSatisfy { $0.source.paper == 4 })
    }

    @Test func moreIsOpenThanTheInvoice() throws {
        let export = try LedgerText.read("customer,invoice,due,amount,open\nA,1,2025-01-31,10,25\n")
        #expect(export.invoices.map(\.open) == [1_000])
        #expect(export.findings.counts == [.openExceedsAmount: 1])
    }

    @Test(arguments: [
        "", "\n\n", "a,b,c\n1,2,3\n", "customer,invoice,due,amount\n",
        "customer,invoice,due,amount\nA,1,x,10\n", "customer;amount\nA;1\n", "{\"a\":1}",
        "customer,type,number,due,amount,status\nA,invoice,1,2025-01-31,10,draft\n",
    ])
    func whatGivesNothingIsAnError(text: String) {
        let failure = #expect(throws: InputError.self) { try LedgerText.read(text) }
        #expect(failure?.message.isEmpty == false)
    }

    /// However the file comes in, byte by byte or whole.
    @Test(arguments: [1, 7, 64])
    func piecesChangeNothing(pieceBytes: Int) throws {
        let bytes = try Paper.bytes("sap_fbl5n.txt", folder: "erp")
        let whole = try LedgerText.read(bytes)
        let source = ByteSource(name: "", totalBytes: nil) { _ throws(InputError) in 0 }
        let parts = try LedgerExport.read(
            InputBuffer(source.following(bytes), chunkBytes: pieceBytes),
            paper: 4,
            findingsPerCodeMax: 50
        )
        #expect(parts.invoices == whole.invoices && parts.counts == whole.counts)
        let terms = try TermsOfCustomers(
            InputBuffer(
                source.following(Array("Client;Règle;Jours\nA;NET;30\n".utf8)),
                chunkBytes: pieceBytes
            ),
            paper: 0,
            findingsPerCodeMax: 5
        )
        #expect(terms.terms.count == 1)
    }

    @Test func otherEncodings() throws {
        let text = "Client;Facture;Échéance;Montant dû;Montant\nSOCIÉTÉ;1;31/01/2025;;10,00\n"
        let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let export = try LedgerText.read(latin)
        #expect(export.parties.first?.key == "SOCIÉTÉ" && export.invoices.first?.cents == 1_000)
        let marked = try LedgerText.read([0xEF, 0xBB, 0xBF] + Array(text.utf8))
        #expect(marked.invoices == export.invoices)
    }
}
