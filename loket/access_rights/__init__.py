"""Rights of officials: who asks for access with a surat tugas, who approves it, and until when it holds."""
