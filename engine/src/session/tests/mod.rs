//! Two sessions in one thread.

mod conversations;
mod ends;
mod refused_memory;
