"""The pages: Streamlit, speaking HTTP to the API and nothing else."""
