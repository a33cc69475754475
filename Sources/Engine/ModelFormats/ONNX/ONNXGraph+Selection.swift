// SPDX-License-Identifier: Apache-2.0

// Operators that take some of the elements along an axis.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// The elements at some places along an axis (of the shape beside the rows).
    mutating func taking(
        _ places: [Int],
        along axis: Int,
        of tensor: ONNXTensor,
        shape lengths: [Int]? = nil
    ) throws(ModelFormatError) -> ONNXTensor {
        var shape = tensor.shape
        let length = shape[axis]
        let inner = elementCount(shape[(axis + 1)...]) ?? 0
        let outer = elementCount(shape[..<axis]) ?? 0
        shape.replaceSubrange(axis...axis, with: lengths ?? [places.count])
        try reserve(cells: elementCount([outer, places.count, inner]))
        var cells: [ONNXCell] = []
        for block in 0..<outer {
            for place in places {
                let first = (block * length + place) * inner
                cells += tensor.cells[first..<first + inner]
            }
        }
        var taken = tensor.with(cells: cells)
        taken.shape = shape
        return taken
    }

    /// `Slice`, by attributes before version 10 and by inputs after.
    mutating func slice(_ node: ONNXNode) throws(ModelFormatError) {
        var tensor = try input(node, 0)
        let isOld = node.version < 10
        let attributes = (try node.integers("starts"), try node.integers("ends"))
        guard let starts = isOld ? attributes.0 : try fixedIntegers(node, 1),
            let ends = isOld ? attributes.1 : try fixedIntegers(node, 2),
            starts.count == ends.count
        else { throw node.malformed("no starts and ends") }
        var axes = isOld ? try node.integers("axes") : try fixedIntegers(node, 3) ?? []
        if axes.isEmpty { axes = Array(starts.indices) }
        let steps = try isOld ? nil : fixedIntegers(node, 4)
        for (place, axis) in axes.enumerated() {
            guard place < starts.count, place < (steps ?? starts).count else {
                throw node.malformed("more axes than starts or steps")
            }
            let step = steps?[place] ?? 1
            let (start, end) = (starts[place], ends[place])
            let isAll = start == 0 && end >= Int(Int32.max) && step == 1
            if tensor.hasRows, isAll, axis == 0 || axis == -tensor.rank { continue }
            let inner = try innerAxis(axis, of: tensor, node)
            let places = try places(start, end, step, length: tensor.shape[inner], node)
            tensor = try taking(places, along: inner, of: tensor)
        }
        try define(node, tensor)
    }

    private func places(
        _ start: Int,
        _ end: Int,
        _ step: Int,
        length: Int,
        _ node: ONNXNode
    ) throws(ModelFormatError) -> [Int] {
        guard step != 0 else { throw node.malformed("a step of \(step)") }
        func clamped(_ place: Int) -> Int {
            let counted = place < 0 ? place + length : place
            return step > 0 ? min(max(counted, 0), length) : min(max(counted, -1), length - 1)
        }
        let bounded = min(max(step, -length - 1), length + 1)
        return Array(stride(from: clamped(start), to: clamped(end), by: bounded))
    }

    /// `Gather`: elements at places that the file fixes; or, of a list that the file fixes, those
    /// at places that depend on the row.
    mutating func gather(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let places = try numericInput(node, 1)
        let axis = try innerAxis(try node.integer("axis"), of: tensor, node)
        guard let numbers = places.numbers, !places.hasRows else {
            guard !tensor.hasRows, tensor.shape.count == 1 else {
                throw node.unsupported("places that depend on the row")
            }
            return try lookUp(node, tensor, places)
        }
        let checked = try self.places(numbers, below: tensor.shape[axis], node)
        try define(node, try taking(checked, along: axis, of: tensor, shape: places.shape))
    }

    /// `ArrayFeatureExtractor`: elements of the last axis.
    mutating func extractFeatures(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let places = try numericInput(node, 1)
        guard !tensor.shape.isEmpty else { throw node.unsupported("a tensor without columns") }
        guard let numbers = places.numbers, !places.hasRows else {
            guard !tensor.hasRows, tensor.shape.dropLast().allSatisfy({ $0 == 1 }),
                places.cells.count == 1
            else { throw node.unsupported("places that depend on the row") }
            var list = tensor
            list.shape = [tensor.cells.count]
            var single = places
            single.shape = []
            return try lookUp(node, list, single)
        }
        let axis = tensor.shape.count - 1
        let checked = try self.places(numbers, below: tensor.shape[axis], node)
        try define(node, try taking(checked, along: axis, of: tensor))
    }

    private func places(
        _ numbers: [Double],
        below length: Int,
        _ node: ONNXNode
    ) throws(ModelFormatError) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(numbers.count)
        for number in numbers {
            guard let place = Int(exactly: number), place >= -length, place < length else {
                throw node.malformed("place \(number) of \(length)")
            }
            places.append(place < 0 ? place + length : place)
        }
        return places
    }

    /// Entries of a list that the file fixes, at places that depend on the row.
    private mutating func lookUp(
        _ node: ONNXNode,
        _ list: ONNXTensor,
        _ places: ONNXTensor
    ) throws(ModelFormatError) {
        guard let entries = list.numbers else {
            throw node.unsupported("a list and places that both depend on the row")
        }
        try reserve(cells: elementCount([places.cells.count, entries.count]))
        var cells: [ONNXCell] = []
        for cell in places.cells {
            let place = try register(cell)
            if list.type == .text {
                let names = entries.map { self.texts.text(of: $0) }
                let register = try append(
                    .lookup(table: names.indices.map { Double($0) }, otherwise: .nan, place)
                )
                texts.close(register, to: names)
                cells.append(.register(register))
            } else {
                let step = ModelStep.lookup(table: entries, otherwise: .nan, place)
                cells.append(.register(try append(step)))
            }
        }
        try define(node, places.with(cells: cells, type: list.type))
    }
}
