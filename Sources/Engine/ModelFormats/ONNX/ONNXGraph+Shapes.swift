// SPDX-License-Identifier: Apache-2.0

// Operators that only move elements about.

internal import Documents
internal import VigieLimits

extension ONNXGraph {
    /// An axis, counted from the end when negative, as a place in the shape beside the rows.
    func innerAxis(
        _ axis: Int,
        of tensor: ONNXTensor,
        _ node: ONNXNode
    ) throws(ModelFormatError) -> Int {
        guard axis >= -tensor.rank, axis < tensor.rank else {
            throw node.malformed("axis \(axis) of a tensor of \(tensor.rank) axes")
        }
        let inner = (axis < 0 ? axis + tensor.rank : axis) - (tensor.hasRows ? 1 : 0)
        guard inner >= 0 else { throw node.unsupported("axis 0, which is that of the rows") }
        return inner
    }

    /// Axes from an attribute or, from a version on, from an input.
    func axes(
        _ node: ONNXNode,
        input: Int,
        asInputFrom version: Int
    ) throws(ModelFormatError) -> [Int]? {
        if node.version >= version { return try fixedIntegers(node, input) }
        return node.has("axes") ? try node.integers("axes") : nil
    }

    /// Gives a tensor another shape of as many elements.
    mutating func define(
        _ node: ONNXNode,
        _ tensor: ONNXTensor,
        shape: [Int]
    ) throws(ModelFormatError) {
        guard elementCount(shape) == tensor.cells.count else {
            throw node.malformed("\(tensor.cells.count) elements do not have the shape \(shape)")
        }
        var reshaped = tensor
        reshaped.shape = shape
        try define(node, reshaped)
    }

    /// `Reshape`: 0 keeps an axis, -1 takes what is left.
    mutating func reshape(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let attribute = try node.integers("shape")
        guard var target = node.version < 5 ? attribute : try fixedIntegers(node, 1, isShape: true)
        else {
            throw node.malformed("no shape")
        }
        let keepsZeros = try node.integer("allowzero") != 0
        if tensor.hasRows {
            guard let first = target.first else { throw node.unsupported("no axis for the rows") }
            let isCopied = first == Self.rowCount || (first == 0 && !keepsZeros)
            let isRows = first == -1 || isCopied || first == fixedRowCount
            target.removeFirst()
            guard isRows, first != -1 || !target.contains(-1) else {
                throw node.unsupported("a shape whose first axis is not the rows")
            }
        }
        for axis in target.indices where target[axis] == 0 && !keepsZeros {
            guard axis < tensor.shape.count else {
                throw node.malformed("no axis to keep for a 0")
            }
            target[axis] = tensor.shape[axis]
        }
        if let free = target.firstIndex(of: -1) {
            target[free] = 1
            guard let rest = elementCount(target) else { throw node.malformed("shape \(target)") }
            target[free] = rest == 0 ? 0 : tensor.cells.count / rest
        }
        if tensor.hasRows, elementCount(target) != tensor.cells.count {
            throw node.unsupported("a shape that puts several rows, or parts of one, into a row")
        }
        try define(node, tensor, shape: target)
    }

    /// `Flatten` to two axes, of which the first is the rows.
    mutating func flatten(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let axis = try node.integer("axis", default: 1)
        guard axis >= -tensor.rank, axis <= tensor.rank else {
            throw node.malformed("axis \(axis) of a tensor of \(tensor.rank) axes")
        }
        let place = axis < 0 ? axis + tensor.rank : axis
        if tensor.hasRows {
            guard place == 1 else { throw node.unsupported("flattening along the rows") }
            return try define(node, tensor, shape: [tensor.cells.count])
        }
        let lengths = [tensor.shape[..<place], tensor.shape[place...]].map { elementCount($0) ?? 0 }
        try define(node, tensor, shape: lengths)
    }

    /// `Squeeze` takes axes of length 1 away.
    mutating func squeeze(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        var removed = Set(tensor.shape.indices.filter { tensor.shape[$0] == 1 })
        if let axes = try axes(node, input: 1, asInputFrom: 13) {
            var named: Set<Int> = []
            for axis in axes {
                named.insert(try innerAxis(axis, of: tensor, node))
            }
            guard named.isSubset(of: removed) else {
                throw node.malformed("an axis to take away is longer than 1")
            }
            removed = named
        }
        let kept = tensor.shape.indices.filter { !removed.contains($0) }
        try define(node, tensor, shape: kept.map { tensor.shape[$0] })
    }

    /// `Unsqueeze` puts axes of length 1 in.
    mutating func unsqueeze(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let axes = try axes(node, input: 1, asInputFrom: 13) ?? []
        let rank = tensor.rank + axes.count
        guard rank <= ModelFormatLimits.graphAxes else { throw node.unsupported("\(rank) axes") }
        var places: Set<Int> = []
        for axis in axes {
            guard axis >= -rank, axis < rank else { throw node.malformed("axis \(axis)") }
            places.insert(axis < 0 ? axis + rank : axis)
        }
        guard places.count == axes.count else { throw node.malformed("an axis is put in twice") }
        guard !tensor.hasRows || !places.contains(0) else {
            throw node.unsupported("an axis before that of the rows")
        }
        var rest = tensor.shape[...]
        var shape: [Int] = []
        for axis in (tensor.hasRows ? 1 : 0)..<max(rank, tensor.hasRows ? 1 : 0) {
            shape.append(places.contains(axis) ? 1 : rest.popFirst() ?? 1)
        }
        try define(node, tensor, shape: shape)
    }

    /// `Transpose` of the axes beside the rows.
    mutating func transpose(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        var order = try node.integers("perm")
        if order.isEmpty { order = Array((0..<tensor.rank).reversed()) }
        guard order.sorted() == Array(0..<tensor.rank) else {
            throw node.malformed("the order of axes is \(order)")
        }
        if tensor.hasRows {
            guard order.first == 0 else { throw node.unsupported("moving the axis of the rows") }
            order = order.dropFirst().map { $0 - 1 }
        }
        var strides = [Int](repeating: 1, count: order.count)
        for axis in strides.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * tensor.shape[axis + 1]
        }
        let shape = order.map { tensor.shape[$0] }
        let places = indices(
            shape: shape,
            strides: order.map { strides[$0] },
            count: tensor.cells.count
        )
        var moved = tensor.with(cells: places.map { tensor.cells[$0] })
        moved.shape = shape
        try define(node, moved)
    }

    /// `Concat` of tensors along an axis.
    mutating func concatenate(_ node: ONNXNode) throws(ModelFormatError) {
        var tensors = try allInputs(node)
        if tensors.contains(where: { $0.hasRows }) {
            for place in tensors.indices where !tensors[place].hasRows {
                tensors[place] = try rowOfEqual(tensors[place]) ?? tensors[place]
            }
        }
        let first = tensors[0]
        guard tensors.allSatisfy({ $0.hasRows == first.hasRows && $0.rank == first.rank }) else {
            throw node.unsupported("joining tensors with rows and tensors without")
        }
        guard tensors.allSatisfy({ ($0.type == .text) == (first.type == .text) }) else {
            throw node.malformed("texts and numbers")
        }
        // Before version 4 the axis may be left out.
        let axis = try innerAxis(try node.integer("axis", default: 1), of: first, node)
        var shape = first.shape
        shape[axis] = 0
        for tensor in tensors {
            for (place, length) in tensor.shape.enumerated() where place != axis {
                guard length == shape[place] else { throw node.malformed("shapes that differ") }
            }
            shape[axis] += tensor.shape[axis]
        }
        try reserve(cells: elementCount(shape))
        var cells: [ONNXCell] = []
        for outer in 0..<(elementCount(shape[..<axis]) ?? 0) {
            for tensor in tensors {
                let run = elementCount(tensor.shape[axis...]) ?? 0
                cells += tensor.cells[outer * run..<(outer + 1) * run]
            }
        }
        let type = tensors.contains { $0.type == .double } ? .double : first.type
        try define(
            node,
            ONNXTensor(type: type, hasRows: first.hasRows, shape: shape, cells: cells)
        )
    }
}
