// SPDX-License-Identifier: Apache-2.0

// What the calculation reads of a row beside figures: trade, last day of the cover, role, stage.

internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import Quantities

/// Where a figure stands.
enum FigureSource {
    /// In a column, by its place.
    case column(Int)
    /// It is the same in all rows.
    case number(DecimalNumber)
}

extension CreditBlockPlan {
    /// Where each figure stands that is told; found once, and not once a block.
    var figureSources: [PolicyFigure: FigureSource] {
        var sources: [PolicyFigure: FigureSource] = [:]
        for figure in PolicyFigure.allCases {
            let name = figure.rawValue
            if let place = columns.firstIndex(where: { $0.name == name && $0.kind == .number }) {
                sources[figure] = .column(place)
            } else if case .number(let number)? = fixed[name] {
                sources[figure] = .number(number)
            }
        }
        return sources
    }
}

/// Where it stands.
struct RowSources {
    /// The column, nil where the value is the same in all rows.
    let sector: Int?
    let coverExpires: Int?
    let role: Int?
    let stage: Int?
    let subject: Int?
    let held: Int?
    let fixedLegalDays: Int32
    let fixedCoverExpires: Int32
    let fixedRole: Int32
    let isPerson: Bool
    let isOrder: Bool

    init(_ plan: CreditBlockPlan) {
        func column(_ name: String) -> Int? { plan.columns.firstIndex { $0.name == name } }
        func text(_ name: String) -> String? { PolicyAnswer.texts(plan.fixed[name]).first }
        sector = column(CreditBlockPlan.sector)
        coverExpires = column(CreditBlockPlan.coverExpires)
        role = column(CreditColumn.role)
        stage = column(PolicyCircumstance.stage.rawValue)
        subject = column(PolicyCircumstance.subject.rawValue)
        held = column(HeldGuarantee.input)
        fixedLegalDays = plan.legalDays(text(CreditBlockPlan.sector))
        fixedCoverExpires =
            plan.fixed[CreditBlockPlan.coverExpires]?.day?.dayNumber ?? CreditTexts.none
        let roles = plan.policy.manifest.authority.roles
        let place = text(CreditColumn.role).flatMap { name in
            roles.firstIndex { $0.name == name }
        }
        fixedRole = place.map { Int32($0) } ?? CreditTexts.none
        isOrder = text(PolicyCircumstance.stage.rawValue) == BusinessStage.order.rawValue
        isPerson =
            text(PolicyCircumstance.subject.rawValue) == PolicySubject.naturalPerson.rawValue
    }
}

/// What a column says of rows, by texts or by days.
struct RowMeanings {
    private var codes: UnsafePointer<Int32>?
    private var meanings: [Int32] = []
    private var days: UnsafePointer<Double>?
    private let otherwise: Int32

    /// - Parameters:
    ///   - values: The column; nil where the value is the same in all rows.
    ///   - otherwise: What holds where it says nothing.
    init(_ values: CreditValues?, otherwise: Int32) {
        self.otherwise = otherwise
        switch values {
        case .texts(let codes, let texts): (self.codes, meanings) = (codes, texts.meanings)
        case .numbers(let numbers): days = numbers
        case .booleans, .values, nil: break
        }
    }

    /// The meaning in a row. Cost: two loads.
    @inline(__always)
    func callAsFunction(_ row: Int) -> Int32 {
        if let codes {
            let code = Int(UInt32(bitPattern: codes[row]))
            return code < meanings.count ? meanings[code] : otherwise
        }
        if let days {
            let day = days[row].rounded(.down)
            let first = Double(CalendarDate.first.dayNumber)
            guard day >= first, day <= Double(CalendarDate.last.dayNumber) else { return otherwise }
            return Int32(day)
        }
        return otherwise
    }
}
