// SPDX-License-Identifier: Apache-2.0

// The headings by which columns are known, in French and English. Case, accents, blanks and signs
// count for nothing: "N° SIREN" is `nsiren`. A heading that may mean several things ("client",
// "code", "montant") is none of them: who has it renames it, or says what it is.

internal import Documents

/// Headings of columns.
enum PortfolioHeadings {
    /// The field of a heading, and its rank among the headings of the field; nil if it is unknown.
    static func field(of heading: String) -> (field: PortfolioField, rank: Int)? {
        known[ColumnGuess.joined(heading)]
    }

    /// All headings, for whoever looks where a table begins.
    static let inputs: [TableInput] = known.keys.sorted().map { TableInput(name: $0) }

    /// The field that an unknown heading may be meant for; nil for no idea.
    static func guess(_ heading: String) -> PortfolioField? {
        guess.input(for: heading).flatMap { known[$0]?.field }
    }

    private static let guess = ColumnGuess(inputs)

    private static let known: [String: (field: PortfolioField, rank: Int)] = {
        var known: [String: (field: PortfolioField, rank: Int)] = [:]
        for (name, headings) in table.lists {
            guard let field = PortfolioField(rawValue: String(name)) else { continue }
            for (rank, heading) in headings.enumerated() { known[heading] = (field, rank) }
        }
        return known
    }()

    // Of a name the one that says most comes first: natural persons of the directory have no
    // `denominationUniteLegale`, and a name in use counts more than that of their birth.
    private static let table = NameTable(
        """
        siren: siren nsiren nosiren numsiren numerosiren numerodesiren codesiren sirennumber
          companysiren sirenclient clientsiren sirensiret siretsiren sirenousiret sirenorsiret
        siret: siret nsiret nosiret numsiret numerosiret numerodesiret codesiret siretnumber
          siretclient clientsiret siretsiege siretdusiege
        lei: lei codelei leicode leinumber numerolei identifiantlei legalentityidentifier
        own: companyid id identifier identifiant ownid ownidentifier internalid identifiantinterne
          idinterne identifiantpropre companyidentifier idcompany identreprise identifiantentreprise
          idsociete identifiantsociete
        name: raisonsociale denominationsociale denomination companyname legalname businessname
          name nomentreprise nomdelentreprise nomsociete nomdelasociete nom customername nomclient
          nomduclient clientname societe entreprise company denominationunitelegale
          nomusageunitelegale nomunitelegale
        reference: reference ref personalreference customerreference referenceclient refclient
          clientreference customeraccount customeraccountnumber compteclient clientaccount
          numerocompteclient comptetiers comptauxiliaire compteauxiliaire customernumber
          customercode customerid codeclient clientcode numeroclient numclient noclient nclient
          clientnumber clientid idclient identifiantclient codetiers account accountnumber compte
          numerodecompte
        limit: limit creditlimit limitamount personallimit plafond plafondcredit plafonddecredit
          plafondautorise montantplafond limite limitecredit limitedecredit encoursautorise
          encoursmaximum encoursmax encoursmaximumautorise encoursmaxautorise creditautorise
          autorisation
        exposure: exposure outstanding outstandingamount outstandingbalance encours encoursclient
          encoursactuel encourstotal balance solde soldeclient amountdue totaldue openamount
          montantdu creances receivables
        currency: currency currencycode curr devise codedevise monnaie
        limitcurrency: limitcurrency currencyoflimit deviseplafond deviseduplafond
        exposurecurrency: exposurecurrency currencyofexposure deviseencours devisedelencours
        sector: sector secteur naf codenaf ape codeape nafape codenafape codeapenaf activitycode
          codeactivite activiteprincipaleunitelegale
        legalform: legalform formejuridique categoriejuridique categoriejuridiqueunitelegale
        foundedon: foundedon founded foundingdate datedecreation datecreation
          datecreationunitelegale
        tags: tags etiquettes labels motscles
        """
    )
}
