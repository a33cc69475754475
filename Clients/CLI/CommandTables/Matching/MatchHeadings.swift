// SPDX-License-Identifier: Apache-2.0

// The headings of lists of customers that have no numbers of companies, in French and English.

internal import Documents

/// What a column of such a list can hold.
enum MatchField: String, CaseIterable {
    case siren, siret, lei, own, name, postcode, town, street
}

/// Headings of columns; case, accents, blanks and signs count for nothing.
enum MatchHeadings {
    /// The field of a heading, and its rank among the headings of the field; nil if it is unknown.
    static func field(of heading: String) -> (field: MatchField, rank: Int)? {
        known[ColumnGuess.joined(heading)]
    }

    /// All headings, for whoever looks where a table begins.
    static let inputs: [TableInput] = known.keys.sorted().map { TableInput(name: $0) }

    private static let known: [String: (field: MatchField, rank: Int)] = {
        var known: [String: (field: MatchField, rank: Int)] = [:]
        for (name, headings) in table.lists {
            guard let field = MatchField(rawValue: name) else { continue }
            for (rank, heading) in headings.enumerated() { known[heading] = (field, rank) }
        }
        return known
    }()

    private static let table = NameTable(
        """
        siren: siren nsiren nosiren numsiren numerosiren numerodesiren codesiren sirennumber
          sirenclient sirensiret siretsiren
        siret: siret nsiret nosiret numsiret numerosiret numerodesiret codesiret siretnumber
          siretclient
        lei: lei codelei leicode leinumber numerolei legalentityidentifier
        own: companyid ownid ownidentifier internalid identifiantinterne idinterne companyidentifier
        name: raisonsociale denominationsociale denomination companyname legalname businessname
          name nomentreprise nomdelentreprise nomsociete nomdelasociete nom customername nomclient
          nomduclient clientname societe entreprise company libelle intitule
        postcode: postcode codepostal cp zip zipcode postalcode postal codepostalclient
          codepostalfacturation
        town: town city ville commune localite villeclient cityname billingcity
        street: street address adresse adresse1 address1 rue voie addressline1 streetaddress
          adresseclient adressefacturation billingstreet
        """
    )
}
