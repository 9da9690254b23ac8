"""The rules of NĐ 30/2020/NĐ-CP, one file a component."""
